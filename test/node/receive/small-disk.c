// A disk for tests where nothing may be mounted: preloaded into programs, it lets the folder GDO_DISK take GDO_DISK_BYTES and no more (ENOSPC), and nothing at all while a
// file GDO_DISK + ".ro" exists (EROFS). What is taken is counted in the file GDO_DISK + ".taken", which all programs share. Everything else goes to the system as it is.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name, type, ...) static type (*real)(__VA_ARGS__); if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static char disk[PATH_MAX];
static size_t disk_length;
static long long size_max;
static long long *taken;

__attribute__((constructor)) static void begin(void) {
  const char *place = getenv("GDO_DISK"), *size = getenv("GDO_DISK_BYTES");
  if (!place || !size || !realpath(place, disk)) return;
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s.taken", place);
  int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 || ftruncate(file, sizeof *taken) != 0) return;
  void *shared = mmap(NULL, sizeof *taken, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (shared == MAP_FAILED) return;
  taken = shared;
  size_max = atoll(size);
  disk_length = strlen(disk);
}

static int is_below(const char *path) { return strncmp(path, disk, disk_length) == 0 && (path[disk_length] == '/' || path[disk_length] == 0); }

// Whether a path, which need not exist, lies on the disk.
static int on_disk(int folder, const char *path) {
  char whole[PATH_MAX * 2], start[PATH_MAX] = "", link[64];
  if (!taken || !path) return 0;
  if (path[0] != '/') {
    if (folder == AT_FDCWD) { if (!getcwd(start, sizeof start)) return 0; }
    else {
      snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
      ssize_t length = readlink(link, start, sizeof start - 1);
      if (length < 0) return 0;
      start[length] = 0;
    }
  }
  snprintf(whole, sizeof whole, "%s%s%s", start, path[0] == '/' ? "" : "/", path);
  return is_below(whole);
}

static int file_on_disk(int file) {
  char link[64], path[PATH_MAX];
  if (!taken) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_below(path);
}

static int is_read_only(void) {
  char flag[PATH_MAX + 4];
  int before = errno;
  snprintf(flag, sizeof flag, "%s.ro", disk);
  int found = access(flag, F_OK) == 0;
  errno = before;
  return found;
}

// Takes room for bytes, or fails as a full disk does.
static int takes(long long bytes) {
  if (is_read_only()) { errno = EROFS; return 0; }
  if (__atomic_add_fetch(taken, bytes, __ATOMIC_SEQ_CST) <= size_max) return 1;
  __atomic_sub_fetch(taken, bytes, __ATOMIC_SEQ_CST);
  errno = ENOSPC;
  return 0;
}

#define BLOCK 4096LL
static long long blocks(long long bytes) { return (bytes + BLOCK - 1) / BLOCK * BLOCK; }

// Takes the blocks by which a file grows; a write within them takes none.
static int grows(int file, long long at, long long count) {
  struct stat about;
  if (fstat(file, &about) != 0) return 1;
  if (at < 0) at = fcntl(file, F_GETFL) & O_APPEND ? about.st_size : (long long)lseek(file, 0, SEEK_CUR);
  long long more = blocks(at + count) - blocks(about.st_size);
  return takes(more > 0 ? more : 0);
}

static int refuses(int folder, const char *path) {
  if (!on_disk(folder, path) || !is_read_only()) return 0;
  errno = EROFS;
  return 1;
}

// A file that goes away gives its bytes back.
static void gives_back(int folder, const char *path) {
  struct stat about;
  int before = errno;
  if (on_disk(folder, path) && fstatat(folder, path, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(about.st_mode) && about.st_nlink == 1)
    __atomic_sub_fetch(taken, blocks(about.st_size), __ATOMIC_SEQ_CST);
  errno = before;
}

ssize_t write(int file, const void *bytes, size_t count) {
  REAL("write", ssize_t, int, const void *, size_t);
  return file_on_disk(file) && !grows(file, -1, (long long)count) ? -1 : real(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
  REAL("pwrite", ssize_t, int, const void *, size_t, off_t);
  return file_on_disk(file) && !grows(file, (long long)at, (long long)count) ? -1 : real(file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
  REAL("pwrite64", ssize_t, int, const void *, size_t, off64_t);
  return file_on_disk(file) && !grows(file, (long long)at, (long long)count) ? -1 : real(file, bytes, count, at);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL("writev", ssize_t, int, const struct iovec *, int);
  long long bytes = 0;
  for (int index = 0; index < count; index++) bytes += (long long)parts[index].iov_len;
  return file_on_disk(file) && !grows(file, -1, bytes) ? -1 : real(file, parts, count);
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(#name, int, const char *, int, ...); \
    va_list more; va_start(more, flags); mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; va_end(more); \
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && refuses(AT_FDCWD, path)) return -1; \
    return real(path, flags, mode); }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    REAL(#name, int, int, const char *, int, ...); \
    va_list more; va_start(more, flags); mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; va_end(more); \
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && refuses(folder, path)) return -1; \
    return real(folder, path, flags, mode); }
OPENAT(openat)
OPENAT(openat64)

int mkdir(const char *path, mode_t mode) {
  REAL("mkdir", int, const char *, mode_t);
  return refuses(AT_FDCWD, path) ? -1 : real(path, mode);
}

char *mkdtemp(char *pattern) {
  REAL("mkdtemp", char *, char *);
  return refuses(AT_FDCWD, pattern) ? NULL : real(pattern);
}

int mkstemp(char *pattern) {
  REAL("mkstemp", int, char *);
  return refuses(AT_FDCWD, pattern) ? -1 : real(pattern);
}

int mkstemp64(char *pattern) {
  REAL("mkstemp64", int, char *);
  return refuses(AT_FDCWD, pattern) ? -1 : real(pattern);
}

int rename(const char *from, const char *to) {
  REAL("rename", int, const char *, const char *);
  if (refuses(AT_FDCWD, to)) return -1;
  gives_back(AT_FDCWD, to);
  return real(from, to);
}

int link(const char *from, const char *to) {
  REAL("link", int, const char *, const char *);
  return refuses(AT_FDCWD, to) ? -1 : real(from, to);
}

int unlink(const char *path) {
  REAL("unlink", int, const char *);
  if (refuses(AT_FDCWD, path)) return -1;
  gives_back(AT_FDCWD, path);
  return real(path);
}

int unlinkat(int folder, const char *path, int flags) {
  REAL("unlinkat", int, int, const char *, int);
  if (refuses(folder, path)) return -1;
  if (!(flags & AT_REMOVEDIR)) gives_back(folder, path);
  return real(folder, path, flags);
}

int rmdir(const char *path) {
  REAL("rmdir", int, const char *);
  return refuses(AT_FDCWD, path) ? -1 : real(path);
}

// Copies go through `write`, where they are counted.
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t count, unsigned int flags) {
  (void)from_at, (void)to_at, (void)count, (void)flags;
  REAL("copy_file_range", ssize_t, int, off64_t *, int, off64_t *, size_t, unsigned int);
  if (file_on_disk(to)) { errno = EXDEV; return -1; }
  return real(from, from_at, to, to_at, count, flags);
}
