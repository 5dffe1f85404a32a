/// Offloads that are switched with `ethtool -K`.
struct InterfaceFeatures {
    var receiveChecksum = true
    var transmitChecksum = true
    var tcpSegmentation = true
    var genericSegmentation = true
    var receiveVLAN = true
    var transmitVLAN = true
    var receiveHash = true
    var vlanFilter = true
}
