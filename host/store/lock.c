#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

enum { HOST_BYTES = 64, NOTE_BYTES = 128, PATIENCE = 100 };

// A holder that ended well removed the file, so what we locked may have lost its name meanwhile.
static bool is_current(int fd, const char *name)
{
    struct stat mine = { 0 }, named = { 0 };

    return fstat(fd, &mine) == 0 && stat(name, &named) == 0 && mine.st_dev == named.st_dev &&
           mine.st_ino == named.st_ino;
}

static bool leave_note(int fd, const char *path, struct err *err)
{
    char host[HOST_BYTES] = "", note[NOTE_BYTES];

    if (gethostname(host, sizeof(host) - 1) != 0)
        snprintf(host, sizeof(host), "this machine");
    snprintf(note, sizeof(note), "process %ld on %s", (long)getpid(), host);
    if (ftruncate(fd, 0) != 0 || write(fd, note, strlen(note)) != (ssize_t)strlen(note))
        return err_set(err, "%s: cannot be written: %s", path, strerror(errno));
    return true;
}

// Sets the error of a lock that another holds, with the note that the holder left in it.
static void blame_holder(int fd, const char *path, struct err *err)
{
    char note[NOTE_BYTES] = "";
    ssize_t got = pread(fd, note, sizeof(note) - 1, 0);

    err_set(err, "%s: is being written by %s; wait until it ends, or stop it", path,
            got > 0 ? note : "another process");
}

// Takes the lock if it becomes free within a second: a process that was killed, or whose parent
// was, lets go a moment later than others know of it.
static bool lock_patiently(int fd)
{
    for (int tries = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; tries++) {
        if (errno != EWOULDBLOCK || tries == PATIENCE)
            return false;
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
        errno = EWOULDBLOCK;
    }
    return true;
}

int lock_take(const char *path, struct err *err)
{
    struct buf name = { 0 };
    int fd = -1;

    buf_addf(&name, "%s-lock", path);
    for (;;) {
        fd = open(buf_str(&name), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (fd < 0) {
            err_set(err, "%s: cannot be written: %s", path, strerror(errno));
            break;
        }
        if (!lock_patiently(fd)) {
            if (errno == EWOULDBLOCK)
                blame_holder(fd, path, err);
            else
                err_set(err, "%s: cannot be locked: %s", path, strerror(errno));
            close(fd);
            fd = -1;
            break;
        }
        if (is_current(fd, buf_str(&name))) {
            if (!leave_note(fd, path, err)) {
                close(fd);
                fd = -1;
            }
            break;
        }
        close(fd);
    }
    buf_fini(&name);
    return fd;
}

void lock_release(const char *path, int fd)
{
    struct buf name = { 0 };

    if (fd < 0)
        return;
    buf_addf(&name, "%s-lock", path);
    unlink(buf_str(&name)); // while it is held, so that nobody else's is removed
    close(fd);
    buf_fini(&name);
}
