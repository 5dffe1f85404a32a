package import Wire

/// What a command line asks of the host rather than of one netdev.
package enum SystemCommand: Sendable, Equatable {
    /// `echo DEVICE > /sys/bus/auxiliary/drivers/DRIVER/bind`, and `unbind`.
    case bind(driver: String, device: String)
    case unbind(driver: String, device: String)
    /// `modprobe MODULE` and `rmmod MODULE`.
    case loadModule(String)
    case removeModule(String)
    /// `ls /sys/bus/auxiliary/devices`.
    case listAuxiliaryDevices
    /// `dmesg`: what drivers logged.
    case showLog
    /// `devlink …`; with `-j` it answers in JSON.
    case devlink(DevlinkCommand, isJSON: Bool)

    /// What `devlink` is asked; devices and ports by their handles, such as `pci/0000:03:00.0/32768`.
    package enum DevlinkCommand: Sendable, Equatable {
        case showDevices(String?)
        case showInformation(String?)
        case reload(String)
        case showParameter(device: String, name: String)
        case setParameter(device: String, name: String, value: Bool)
        case showPorts(String?)
        case addPort(device: String, physicalFunction: Int, number: UInt32)
        case deletePort(String)
        case setPortFunction(String, address: MACAddress?, isActive: Bool?)
    }
}
