# Takes the driver off the function and back again, $rounds times, by way of $what: bind, module or reset.
set -e
address=0000:01:00.0
traffic() {
    ip link set eth0 up
    ip addr replace 10.0.0.1/24 dev eth0
    for i in $(seq 100); do [ "$(cat /sys/class/net/eth0/carrier)" = 1 ] && break; sleep 0.05; done
    ping -q -c 3 -i 0.02 -W 2 -s 4000 10.0.0.2 > /dev/null || { echo "round $round: no answer"; exit 1; }
}
start=$(cut -d' ' -f1 /proc/uptime)
for round in $(seq "$rounds"); do
    traffic
    case $what in
    bind)
        echo $address > /sys/bus/pci/drivers/mlx5_core/unbind
        echo $address > /sys/bus/pci/drivers/mlx5_core/bind
        ;;
    module)
        rmmod mlx5_core
        modprobe mlx5_core
        ;;
    reset)
        grep -q flr /sys/bus/pci/devices/$address/reset_method
        echo flr > /sys/bus/pci/devices/$address/reset_method
        echo $address > /sys/bus/pci/drivers/mlx5_core/unbind
        echo 1 > /sys/bus/pci/devices/$address/reset
        echo $address > /sys/bus/pci/drivers/mlx5_core/bind
        ;;
    esac
done
traffic
echo "from $start s to $(cut -d' ' -f1 /proc/uptime) s of uptime"
