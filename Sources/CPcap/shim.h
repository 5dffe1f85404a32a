// The packet capture library, from the package libpcap-dev.
#include <pcap/pcap.h>
