// The compression library, from the package libzstd-dev.
#include <zstd.h>
