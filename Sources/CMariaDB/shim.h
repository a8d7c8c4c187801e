#include <mysql.h>
#include <errmsg.h>
#include <mysqld_error.h>
#include <sys/prctl.h>

// Names the calling thread, for ps and debuggers. prctl is variadic, which Swift can't call, and pthread_setname_np is declared
// under _GNU_SOURCE only.
static inline void ei_name_thread(const char *name) {
    prctl(PR_SET_NAME, name, 0, 0, 0);
}
