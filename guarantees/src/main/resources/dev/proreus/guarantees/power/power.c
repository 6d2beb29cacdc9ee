/*
 * Notes what a loss of power would leave of one folder, while a program works in it.
 *
 * A kill leaves the kernel's page cache alone, so a sync that is missing does no harm. This library is loaded before
 * the C library (LD_PRELOAD) and writes down, outside of the folder, what is certain to be on the disk; everything else
 * is for the harness to take away after the kill. The notes are lines of a file that is only appended to, each by one
 * write, so that a kill loses none of them. Fields are separated by tabs:
 *
 *     NANOS create INODE PATH             a file is new; its name is not durable yet
 *     NANOS link INODE PATH               so is another name of it
 *     NANOS mkdir PATH                    so is a folder
 *     NANOS unlink PATH                   a name was taken away, of a file or of an empty folder
 *     NANOS rename FROM TO                a file has another name
 *     NANOS save INODE OFFSET LENGTH AT   bytes are about to be changed or cut off; `saved` has the old ones at AT
 *     NANOS sync INODE LENGTH UPTO DUE    so many bytes of a file are durable, from the time DUE on
 *     NANOS entries PATH UPTO             the names in a folder are durable
 *     NANOS failed INODE                  a sync was made to fail: the kernel drops what it could not write, so what
 *                                         the file got since its last sync never becomes durable, whatever comes later
 *     NANOS unseen WHAT PATH              a file is changed in a way that is not followed: nothing can be judged
 *
 * UPTO is the length of the notes when the sync began: it does not cover what was noted later. Paths are relative to
 * the folder; "." is the folder itself. A note follows the call that it tells of, but for `save`: what is noted has
 * happened, and whoever was not answered yet has no claim. What loses a name is kept in `kept`, under its inode, since
 * the name may come back; so no inode is used twice while notes are taken.
 *
 * Appending needs no note: what lies beyond the length of the last sync is not durable. sync_file_range promises
 * nothing and passes; so does allocation that keeps the size.
 *
 * A file `fault`, which may come at any time, spoils the syncs of files whose path has PART in it:
 *
 *     fail PART N      the Nth one from now on fails with EIO
 *     failing PART N   so do all after it
 *     off PART N       from the Nth on they say that they succeeded, and do nothing
 *     late PART MS     they say so at once, and what they promise is durable so many milliseconds later
 *
 * The environment: PROREUS_POWER_DATA, the folder, and PROREUS_POWER_NOTES, where notes are taken, on the same file
 * system; both absolute, without symbolic links. Without them all calls pass.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* The function of the same name in the C library. */
#define REAL(name) ({ \
    static __typeof__(&name) found; \
    if (found == NULL) found = (__typeof__(&name)) dlsym(RTLD_NEXT, #name); \
    found; })

#define MAX_FDS 65536
#define PATH_BYTES 4096
#define LINE_BYTES (2 * PATH_BYTES + 256)
#define COPY_BYTES 65536

static const char *data;
static const char *notes_folder;
static size_t data_length;
static int notes = -1;
static int saved = -1;
static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t saving = PTHREAD_MUTEX_INITIALIZER;
static unsigned char followed[MAX_FDS];

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("PROREUS_POWER_DATA");
    const char *notes_at = getenv("PROREUS_POWER_NOTES");
    if (folder != NULL && notes_at != NULL && folder[0] == '/' && notes_at[0] == '/') {
        notes_folder = notes_at;
        data_length = strlen(folder);
        data = folder;
    }
}

/* ---------------------------------------------------------------------------------------------------- paths */

/* The path of an open file, or -1 where it has none. */
static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_BYTES - 1);
    if (length < 0) {
        return -1;
    }
    path[length] = 0;
    return 0;
}

/* Takes doubled and trailing slashes out. */
static void tidy(char *path) {
    char *to = path;
    for (char *from = path; *from != 0; from++) {
        if (*from != '/' || to == path || to[-1] != '/') {
            *to++ = *from;
        }
    }
    if (to > path + 1 && to[-1] == '/') {
        to--;
    }
    *to = 0;
}

/* The part of an absolute path below the folder, "." for the folder itself, or NULL where it lies elsewhere. */
static const char *below(const char *path) {
    if (strncmp(path, data, data_length) != 0) {
        return NULL;
    }
    if (path[data_length] == 0) {
        return ".";
    }
    return path[data_length] == '/' ? path + data_length + 1 : NULL;
}

/* Writes the absolute form of a path into `whole`; returns what `below` says of it. Never changes errno. */
static const char *locate(int folder, const char *path, char *whole) {
    if (data == NULL || path == NULL) {
        return NULL;
    }
    int before = errno;
    const char *found = NULL;
    if (path[0] == '/') {
        if (strlen(path) < PATH_BYTES) {
            strcpy(whole, path);
            tidy(whole);
            found = below(whole);
        }
    } else if ((folder == AT_FDCWD ? getcwd(whole, PATH_BYTES) != NULL : path_of(folder, whole) == 0)
               && strlen(whole) + strlen(path) + 2 < PATH_BYTES) {
        strcat(whole, "/");
        strcat(whole, path);
        tidy(whole);
        found = below(whole);
    }
    errno = before;
    return found;
}

/* As above for an open file. */
static const char *locate_open(int fd, char *whole) {
    if (data == NULL) {
        return NULL;
    }
    int before = errno;
    const char *found = path_of(fd, whole) == 0 ? below(whole) : NULL;
    errno = before;
    return found;
}

/* ---------------------------------------------------------------------------------------------------- notes */

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int open_note(const char *name) {
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", notes_folder, name);
    int fd = REAL(open64)(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) {
        /* A run without notes would show nothing. */
        static const char message[] = "power.c: the notes cannot be written\n";
        ssize_t unused = REAL(write)(2, message, sizeof message - 1);
        (void) unused;
        abort();
    }
    return fd;
}

static int noting(void) {
    pthread_mutex_lock(&opening);
    if (notes < 0) {
        saved = open_note("saved");
        notes = open_note("notes");
    }
    pthread_mutex_unlock(&opening);
    return notes;
}

__attribute__((format(printf, 1, 2))) static void note(const char *format, ...) {
    int before = errno;
    char line[LINE_BYTES];
    int length = snprintf(line, sizeof line, "%lld\t", now());
    va_list values;
    va_start(values, format);
    length += vsnprintf(line + length, sizeof line - length - 1, format, values);
    va_end(values);
    if (length > LINE_BYTES - 2) {
        length = LINE_BYTES - 2;
    }
    line[length++] = '\n';
    if (REAL(write)(noting(), line, length) != length) {
        abort();
    }
    errno = before;
}

/* How long the notes are: what is noted from now on comes after it. */
static long long noted(void) {
    struct stat64 at;
    return fstat64(noting(), &at) == 0 ? (long long) at.st_size : 0;
}

/* Keeps the bytes of a file from one position to another, or to its end, before they are changed. */
static void save(int fd, off64_t from, off64_t to) {
    int before = errno;
    struct stat64 file;
    if (fstat64(fd, &file) == 0 && S_ISREG(file.st_mode)) {
        off64_t end = to < file.st_size ? to : file.st_size;
        char path[64];
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        /* The file may be open for writing alone. */
        int reader = from < end ? REAL(open64)(path, O_RDONLY | O_CLOEXEC) : -1;
        if (reader >= 0) {
            static char copy[COPY_BYTES];
            noting();
            pthread_mutex_lock(&saving);
            struct stat64 kept;
            fstat64(saved, &kept);
            off64_t at = from;
            while (at < end) {
                size_t want = end - at < COPY_BYTES ? (size_t) (end - at) : COPY_BYTES;
                ssize_t got = pread64(reader, copy, want, at);
                if (got <= 0 || REAL(write)(saved, copy, got) != got) {
                    break;
                }
                at += got;
            }
            pthread_mutex_unlock(&saving);
            REAL(close)(reader);
            note("save\t%llu\t%lld\t%lld\t%lld", (unsigned long long) file.st_ino, (long long) from,
                 (long long) (at - from), (long long) kept.st_size);
        }
    }
    errno = before;
}

/* Gives a file that is about to lose a name another one, outside of the folder. */
static void keep(const char *path) {
    int before = errno;
    struct stat64 file;
    if (lstat64(path, &file) == 0 && S_ISREG(file.st_mode)) {
        char kept[PATH_BYTES];
        snprintf(kept, sizeof kept, "%s/kept/%llu", notes_folder, (unsigned long long) file.st_ino);
        REAL(link)(path, kept);
    }
    errno = before;
}

/* ---------------------------------------------------------------------------------------------------- files */

static int is_followed(int fd) {
    return fd >= 0 && fd < MAX_FDS && followed[fd];
}

static void follow(int fd, int whether) {
    if (fd >= 0 && fd < MAX_FDS) {
        followed[fd] = (unsigned char) whether;
    }
}

/* What is to be known of a file before it is opened. */
struct before_open {
    const char *path;
    char whole[PATH_BYTES];
    int existed;
};

static void before_open(struct before_open *file, int folder, const char *path, int creates, int empties) {
    file->path = locate(folder, path, file->whole);
    if (file->path != NULL) {
        int before = errno;
        struct stat64 at;
        file->existed = !creates || stat64(file->whole, &at) == 0;
        if (file->existed && empties) {
            int reader = REAL(open64)(file->whole, O_RDONLY | O_CLOEXEC);
            if (reader >= 0) {
                save(reader, 0, LLONG_MAX);
                REAL(close)(reader);
            }
        }
        errno = before;
    }
}

static int after_open(struct before_open *file, int fd) {
    if (fd >= 0) {
        follow(fd, file->path != NULL);
        struct stat64 at;
        if (file->path != NULL && !file->existed && fstat64(fd, &at) == 0) {
            note("create\t%llu\t%s", (unsigned long long) at.st_ino, file->path);
        }
    }
    return fd;
}

#define MODE(flags) ({ \
    mode_t given = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        given = va_arg(more, mode_t); \
        va_end(more); \
    } \
    given; })

#define OPENS(folder, path, flags, call) ({ \
    struct before_open file; \
    before_open(&file, folder, path, (flags) & O_CREAT, (flags) & O_TRUNC); \
    after_open(&file, call); })

int open(const char *path, int flags, ...) {
    mode_t mode = MODE(flags);
    return OPENS(AT_FDCWD, path, flags, REAL(open)(path, flags, mode));
}

int open64(const char *path, int flags, ...) {
    mode_t mode = MODE(flags);
    return OPENS(AT_FDCWD, path, flags, REAL(open64)(path, flags, mode));
}

int openat(int folder, const char *path, int flags, ...) {
    mode_t mode = MODE(flags);
    return OPENS(folder, path, flags, REAL(openat)(folder, path, flags, mode));
}

int openat64(int folder, const char *path, int flags, ...) {
    mode_t mode = MODE(flags);
    return OPENS(folder, path, flags, REAL(openat64)(folder, path, flags, mode));
}

/* What calls without a mode are compiled to where the compiler checks them. */
int __open_2(const char *path, int flags) {
    return OPENS(AT_FDCWD, path, flags, REAL(open)(path, flags));
}

int __open64_2(const char *path, int flags) {
    return OPENS(AT_FDCWD, path, flags, REAL(open64)(path, flags));
}

int creat(const char *path, mode_t mode) {
    return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int creat64(const char *path, mode_t mode) {
    return open64(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

/* RocksDB writes its own log so; what the stream writes are appends. */
#define STREAMS(path, how, call) ({ \
    struct before_open file; \
    before_open(&file, AT_FDCWD, path, (how)[0] != 'r', (how)[0] == 'w'); \
    FILE *stream = call; \
    if (stream != NULL) after_open(&file, fileno(stream)); \
    stream; })

FILE *fopen(const char *path, const char *how) {
    return STREAMS(path, how, REAL(fopen)(path, how));
}

FILE *fopen64(const char *path, const char *how) {
    return STREAMS(path, how, REAL(fopen64)(path, how));
}

int close(int fd) {
    follow(fd, 0);
    return REAL(close)(fd);
}

int dup(int fd) {
    int copy = REAL(dup)(fd);
    follow(copy, is_followed(fd));
    return copy;
}

int dup2(int fd, int onto) {
    int copy = REAL(dup2)(fd, onto);
    if (fd != onto) {
        follow(copy, is_followed(fd));
    }
    return copy;
}

int dup3(int fd, int onto, int flags) {
    int copy = REAL(dup3)(fd, onto, flags);
    follow(copy, is_followed(fd));
    return copy;
}

/* ---------------------------------------------------------------------------------------------------- bytes */

static size_t sum(const struct iovec *parts, int count) {
    size_t bytes = 0;
    for (int i = 0; i < count; i++) {
        bytes += parts[i].iov_len;
    }
    return bytes;
}

/* Keeps what a write at the file's own position overwrites. */
static void before_write(int fd, size_t bytes) {
    if (is_followed(fd) && (fcntl(fd, F_GETFL) & O_APPEND) == 0) {
        off64_t at = lseek64(fd, 0, SEEK_CUR);
        if (at >= 0) {
            save(fd, at, at + (off64_t) bytes);
        }
    }
}

static void before_write_at(int fd, size_t bytes, off64_t at) {
    if (is_followed(fd)) {
        save(fd, at, at + (off64_t) bytes);
    }
}

ssize_t write(int fd, const void *bytes, size_t count) {
    before_write(fd, count);
    return REAL(write)(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    before_write(fd, sum(parts, count));
    return REAL(writev)(fd, parts, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    before_write_at(fd, count, at);
    return REAL(pwrite)(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    before_write_at(fd, count, at);
    return REAL(pwrite64)(fd, bytes, count, at);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    before_write_at(fd, sum(parts, count), at);
    return REAL(pwritev)(fd, parts, count, at);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
    before_write_at(fd, sum(parts, count), at);
    return REAL(pwritev64)(fd, parts, count, at);
}

int ftruncate(int fd, off_t length) {
    before_write_at(fd, SSIZE_MAX - length, length);
    return REAL(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    before_write_at(fd, SSIZE_MAX - length, length);
    return REAL(ftruncate64)(fd, length);
}

static void unseen(const char *what, int fd) {
    char whole[PATH_BYTES];
    const char *path = locate_open(fd, whole);
    if (path != NULL) {
        note("unseen\t%s\t%s", what, path);
    }
}

int truncate(const char *path, off_t length) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    int done = ftruncate(fd, length);
    close(fd);
    return done;
}

int fallocate(int fd, int mode, off_t from, off_t bytes) {
    if (is_followed(fd) && (mode & ~FALLOC_FL_KEEP_SIZE) != 0) {
        unseen("fallocate", fd);
    }
    return REAL(fallocate)(fd, mode, from, bytes);
}

void *mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t from) {
    if (is_followed(fd) && (protection & PROT_WRITE) && (flags & MAP_SHARED)) {
        unseen("mmap", fd);
    }
    return REAL(mmap)(at, bytes, protection, flags, fd, from);
}

void *mmap64(void *at, size_t bytes, int protection, int flags, int fd, off64_t from) {
    if (is_followed(fd) && (protection & PROT_WRITE) && (flags & MAP_SHARED)) {
        unseen("mmap", fd);
    }
    return REAL(mmap64)(at, bytes, protection, flags, fd, from);
}

/* ---------------------------------------------------------------------------------------------------- entries */

#define UNLINKS(folder, path, call) ({ \
    char whole[PATH_BYTES]; \
    const char *found = locate(folder, path, whole); \
    if (found != NULL) keep(whole); \
    int done = call; \
    if (done == 0 && found != NULL) note("unlink\t%s", found); \
    done; })

int unlink(const char *path) {
    return UNLINKS(AT_FDCWD, path, REAL(unlink)(path));
}

int unlinkat(int folder, const char *path, int flags) {
    return UNLINKS(folder, path, REAL(unlinkat)(folder, path, flags));
}

int remove(const char *path) {
    return UNLINKS(AT_FDCWD, path, REAL(remove)(path));
}

int rmdir(const char *path) {
    return UNLINKS(AT_FDCWD, path, REAL(rmdir)(path));
}

#define RENAMES(from_folder, from, to_folder, to, call) ({ \
    char whole_from[PATH_BYTES]; \
    char whole_to[PATH_BYTES]; \
    const char *found_from = locate(from_folder, from, whole_from); \
    const char *found_to = locate(to_folder, to, whole_to); \
    if (found_to != NULL) keep(whole_to); \
    int done = call; \
    if (done == 0 && found_from != NULL && found_to != NULL) note("rename\t%s\t%s", found_from, found_to); \
    if (done == 0 && (found_from == NULL) != (found_to == NULL)) note("unseen\trename\t%s", \
        found_from == NULL ? found_to : found_from); \
    done; })

int rename(const char *from, const char *to) {
    return RENAMES(AT_FDCWD, from, AT_FDCWD, to, REAL(rename)(from, to));
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    return RENAMES(from_folder, from, to_folder, to, REAL(renameat)(from_folder, from, to_folder, to));
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags) {
    return RENAMES(from_folder, from, to_folder, to, REAL(renameat2)(from_folder, from, to_folder, to, flags));
}

#define LINKS(folder, to, call) ({ \
    char whole[PATH_BYTES]; \
    const char *found = locate(folder, to, whole); \
    int done = call; \
    struct stat64 at; \
    if (done == 0 && found != NULL && lstat64(whole, &at) == 0) \
        note("link\t%llu\t%s", (unsigned long long) at.st_ino, found); \
    done; })

int link(const char *from, const char *to) {
    return LINKS(AT_FDCWD, to, REAL(link)(from, to));
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    return LINKS(to_folder, to, REAL(linkat)(from_folder, from, to_folder, to, flags));
}

#define MAKES_FOLDER(folder, path, call) ({ \
    char whole[PATH_BYTES]; \
    const char *found = locate(folder, path, whole); \
    int done = call; \
    if (done == 0 && found != NULL) note("mkdir\t%s", found); \
    done; })

int mkdir(const char *path, mode_t mode) {
    return MAKES_FOLDER(AT_FDCWD, path, REAL(mkdir)(path, mode));
}

int mkdirat(int folder, const char *path, mode_t mode) {
    return MAKES_FOLDER(folder, path, REAL(mkdirat)(folder, path, mode));
}

/* ---------------------------------------------------------------------------------------------------- syncs */

enum fault { NONE, FAIL, OFF, LATE };

/* Reads which fault this sync has; for LATE, `number` is the delay. */
static enum fault fault_of(const char *path, long *number) {
    static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;
    static long count;
    char file[PATH_BYTES];
    char text[256];
    char kind[16];
    char part[128];
    snprintf(file, sizeof file, "%s/fault", notes_folder);
    int fd = REAL(open64)(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return NONE;
    }
    ssize_t length = read(fd, text, sizeof text - 1);
    REAL(close)(fd);
    text[length < 0 ? 0 : length] = 0;
    if (sscanf(text, "%15s %127s %ld", kind, part, number) != 3 || strstr(path, part) == NULL) {
        return NONE;
    }
    if (strcmp(kind, "late") == 0) {
        return LATE;
    }
    pthread_mutex_lock(&counting);
    long which = ++count;
    pthread_mutex_unlock(&counting);
    if (strcmp(kind, "off") == 0) {
        return which >= *number ? OFF : NONE;
    }
    if (strcmp(kind, "failing") == 0) {
        return which >= *number ? FAIL : NONE;
    }
    return which == *number ? FAIL : NONE;
}

static int synced(int fd, int (*sync)(int)) {
    char whole[PATH_BYTES];
    const char *path = locate_open(fd, whole);
    struct stat64 file;
    if (path == NULL || fstat64(fd, &file) != 0) {
        return sync(fd);
    }
    long long upto = noted();
    long number = 0;
    enum fault fault = fault_of(path, &number);
    if (fault == FAIL) {
        note("failed\t%llu", (unsigned long long) file.st_ino);
        errno = EIO;
        return -1;
    }
    if (fault == OFF) {
        return 0;
    }
    int done = fault == LATE ? 0 : sync(fd);
    if (done == 0 && S_ISDIR(file.st_mode)) {
        note("entries\t%s\t%lld", path, upto);
    } else if (done == 0) {
        note("sync\t%llu\t%lld\t%lld\t%lld", (unsigned long long) file.st_ino, (long long) file.st_size, upto,
             now() + (fault == LATE ? number * 1000000LL : 0));
    }
    return done;
}

int fsync(int fd) {
    return synced(fd, REAL(fsync));
}

int fdatasync(int fd) {
    return synced(fd, REAL(fdatasync));
}
