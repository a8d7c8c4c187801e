// hiredis is used as a RESP codec only (redisReader…, redisFormatCommandArgv); SwiftNIO owns the sockets.
// Debian's hiredis.pc carries -D_FILE_OFFSET_BITS, which SwiftPM refuses, so there is no pkgConfig for this module.
#include <hiredis/hiredis.h>
