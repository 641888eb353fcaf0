// SPDX-License-Identifier: EUPL-1.2
//
// schrijflog: what would a power cut take away?
//
// A kill -9 loses no written byte: the kernel still holds them all. A power cut loses every byte that was not synced.
// This library, loaded with LD_PRELOAD into PostgreSQL, keeps the journal that makes the difference visible. For every
// change of a file under STROOMUITVAL_MAP it appends to STROOMUITVAL_LOG the bytes that were there before and the size
// the file had; for every fsync or fdatasync that SUCCEEDED it appends where the journal stood when that sync began.
// After a kill -9 of all processes, terugdraaien.ts undoes every change that no later-begun sync covers.
//
// One journal for all processes, and one lock (fcntl: per process, not inherited over fork, released by the kernel when
// the holder is killed) around "read the old bytes, append them, really write". So the place in the journal is the
// global order of the changes, and a change that stands before the place where a sync began was complete by then.
// The entry is appended before the write: killed in between, undoing it changes nothing. The length of the journal stands
// in its own first page and moves on only when an entry is complete: killed halfway an entry, the next one overwrites it.
//
// Not covered, on purpose:
// - stdio (fwrite) writes inside libc, past us. PostgreSQL uses it for files that crash recovery throws away itself:
//   statistics and relation caches.
// - sync_file_range starts writeback and promises nothing: it is no durability.
// - O_TRUNC, O_SYNC, mmap, io_uring: PostgreSQL uses none of these on data with io_method=sync and
//   wal_sync_method=fdatasync; the test asks the server for these settings.
// - directory entries: a file, a rename or an unlink stays, as with a journalling file system. Only content goes.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { SCHRIJF = 1, SYNC = 2, WEG = 3 };

// The head of an entry; `oudLengte` old bytes follow. terugdraaien.ts reads the same layout: change both or none.
struct kop {
  uint32_t merk, soort;
  uint64_t apparaat, inode;
  uint64_t plek;      // SCHRIJF: offset of the change; SYNC: length of the journal when the sync began
  uint64_t lengte;    // SCHRIJF: number of bytes that change
  uint64_t oudOmvang; // SCHRIJF: size of the file before
  uint64_t oudLengte; // SCHRIJF: how many old bytes follow, from `plek` on
};
static const uint32_t MERK = 0x4b4e4f50;

static const char *map;
static size_t map_lengte;
static int log_fd = -1;
static volatile uint64_t *log_lengte; // in the first page of the journal, shared by all processes

static ssize_t (*echte_write)(int, const void *, size_t);
static ssize_t (*echte_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*echte_pwritev)(int, const struct iovec *, int, off_t);
static int (*echte_ftruncate)(int, off_t);
static int (*echte_truncate)(const char *, off_t);
static int (*echte_fallocate)(int, off_t, off_t);
static int (*echte_fsync)(int);
static int (*echte_fdatasync)(int);
static int (*echte_unlink)(const char *);
static int (*echte_rename)(const char *, const char *);

// A gap in the journal would be a false proof, so the process stops loudly instead.
static void stop(const char *wat) {
  dprintf(2, "schrijflog: %s: %s\n", wat, strerror(errno));
  abort();
}

static void begin(void) {
  echte_write = dlsym(RTLD_NEXT, "write");
  echte_pwrite = dlsym(RTLD_NEXT, "pwrite");
  echte_pwritev = dlsym(RTLD_NEXT, "pwritev");
  echte_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
  echte_truncate = dlsym(RTLD_NEXT, "truncate");
  echte_fallocate = dlsym(RTLD_NEXT, "posix_fallocate");
  echte_fsync = dlsym(RTLD_NEXT, "fsync");
  echte_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  echte_unlink = dlsym(RTLD_NEXT, "unlink");
  echte_rename = dlsym(RTLD_NEXT, "rename");
  map = getenv("STROOMUITVAL_MAP");
  const char *pad = getenv("STROOMUITVAL_LOG");
  if (!map || !pad) return;
  // A copy: PostgreSQL writes its process titles over the place where the environment stood.
  map = strdup(map);
  map_lengte = strlen(map);
  log_fd = open(pad, O_RDWR | O_CLOEXEC);
  if (log_fd < 0) stop("open journal");
  log_lengte = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, log_fd, 0);
  if (log_lengte == MAP_FAILED) stop("map journal");
}

// Another library's constructor may write before ours ran.
__attribute__((constructor)) static void zorg_voor_begin(void) {
  if (!echte_rename) begin();
}

static void slot(short soort) {
  struct flock vraag = {.l_type = soort, .l_whence = SEEK_SET};
  while (fcntl(log_fd, F_SETLKW, &vraag) < 0)
    if (errno != EINTR) stop("lock journal");
}

// Is this an ordinary, still existing file under the map?
static int volgt(int fd, struct stat *st) {
  zorg_voor_begin();
  if (log_fd < 0 || fd == log_fd) return 0;
  int bewaard = errno;
  char bron[32], doel[4096];
  int ja = 0;
  if (fstat(fd, st) == 0 && S_ISREG(st->st_mode) && st->st_nlink > 0) {
    snprintf(bron, sizeof bron, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(bron, doel, sizeof doel - 1);
    ja = n > (ssize_t)map_lengte && memcmp(doel, map, map_lengte) == 0 && doel[map_lengte] == '/';
  }
  errno = bewaard;
  return ja;
}

static void voeg_toe(const struct kop *kop, const void *oud) {
  const struct iovec delen[2] = {{(void *)kop, sizeof *kop}, {(void *)oud, kop->oudLengte}};
  ssize_t lengte = sizeof *kop + kop->oudLengte;
  if (echte_pwritev(log_fd, delen, 2, *log_lengte) != lengte) stop("append to journal");
  *log_lengte += lengte;
}

// Note the old bytes of [plek, plek + lengte). Called with the lock held, so the size is the size until the write.
static void noteer(int fd, off_t plek, size_t lengte) {
  struct stat st;
  if (fstat(fd, &st) < 0) stop("fstat");
  size_t oud = plek < st.st_size ? (size_t)(st.st_size - plek) : 0;
  if (oud > lengte) oud = lengte;
  char *bytes = oud ? malloc(oud) : NULL;
  if (oud) {
    int lees = fd;
    if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY) {
      char pad[32];
      snprintf(pad, sizeof pad, "/proc/self/fd/%d", fd);
      lees = open(pad, O_RDONLY | O_CLOEXEC);
    }
    if (pread(lees, bytes, oud, plek) != (ssize_t)oud) stop("read old bytes");
    if (lees != fd) close(lees);
  }
  struct kop kop = {MERK, SCHRIJF, st.st_dev, st.st_ino, plek, lengte, st.st_size, oud};
  voeg_toe(&kop, bytes);
  free(bytes);
}

ssize_t pwrite(int fd, const void *bytes, size_t lengte, off_t plek) {
  struct stat st;
  if (!volgt(fd, &st)) return echte_pwrite(fd, bytes, lengte, plek);
  slot(F_WRLCK);
  noteer(fd, plek, lengte);
  ssize_t n = echte_pwrite(fd, bytes, lengte, plek);
  slot(F_UNLCK);
  return n;
}

ssize_t pwritev(int fd, const struct iovec *delen, int aantal, off_t plek) {
  struct stat st;
  if (!volgt(fd, &st)) return echte_pwritev(fd, delen, aantal, plek);
  size_t lengte = 0;
  for (int i = 0; i < aantal; i++) lengte += delen[i].iov_len;
  slot(F_WRLCK);
  noteer(fd, plek, lengte);
  ssize_t n = echte_pwritev(fd, delen, aantal, plek);
  slot(F_UNLCK);
  return n;
}

ssize_t write(int fd, const void *bytes, size_t lengte) {
  struct stat st;
  if (!volgt(fd, &st)) return echte_write(fd, bytes, lengte);
  slot(F_WRLCK);
  int achteraan = fcntl(fd, F_GETFL) & O_APPEND;
  noteer(fd, achteraan && fstat(fd, &st) == 0 ? st.st_size : lseek(fd, 0, SEEK_CUR), lengte);
  ssize_t n = echte_write(fd, bytes, lengte);
  slot(F_UNLCK);
  return n;
}

int ftruncate(int fd, off_t omvang) {
  struct stat st;
  if (!volgt(fd, &st)) return echte_ftruncate(fd, omvang);
  slot(F_WRLCK);
  noteer(fd, omvang, SIZE_MAX / 2);
  int uitkomst = echte_ftruncate(fd, omvang);
  slot(F_UNLCK);
  return uitkomst;
}

int truncate(const char *pad, off_t omvang) {
  zorg_voor_begin();
  if (log_fd < 0) return echte_truncate(pad, omvang);
  int fd = open(pad, O_RDWR | O_CLOEXEC);
  if (fd < 0) return -1;
  int uitkomst = ftruncate(fd, omvang), fout = errno;
  close(fd);
  errno = fout;
  return uitkomst;
}

int posix_fallocate(int fd, off_t plek, off_t lengte) {
  struct stat st;
  if (!volgt(fd, &st)) return echte_fallocate(fd, plek, lengte);
  slot(F_WRLCK);
  noteer(fd, plek, (size_t)lengte);
  int uitkomst = echte_fallocate(fd, plek, lengte);
  slot(F_UNLCK);
  return uitkomst;
}

// What the sync covers is what stood in the journal when it began; what came in meanwhile may or may not be on disk.
static int sync_met(int (**echt)(int), int fd) {
  struct stat st;
  if (!volgt(fd, &st)) return (*echt)(fd);
  slot(F_WRLCK);
  uint64_t stand = *log_lengte;
  slot(F_UNLCK);
  int uitkomst = (*echt)(fd), fout = errno;
  if (uitkomst == 0) {
    struct kop kop = {MERK, SYNC, st.st_dev, st.st_ino, stand, 0, 0, 0};
    slot(F_WRLCK);
    voeg_toe(&kop, NULL);
    slot(F_UNLCK);
  }
  errno = fout;
  return uitkomst;
}

int fsync(int fd) { return sync_met(&echte_fsync, fd); }
int fdatasync(int fd) { return sync_met(&echte_fdatasync, fd); }

// File systems hand out the inode number of a removed file again, and the old entries must not touch the new file.
// Noted before it happens: a kill in between then costs some strictness, never a false alarm.
static void vergeet(const char *pad) {
  struct stat st;
  if (lstat(pad, &st) < 0 || !S_ISREG(st.st_mode) || st.st_nlink != 1) return;
  struct kop kop = {MERK, WEG, st.st_dev, st.st_ino, 0, 0, 0, 0};
  voeg_toe(&kop, NULL);
}

int unlink(const char *pad) {
  zorg_voor_begin();
  if (log_fd < 0) return echte_unlink(pad);
  slot(F_WRLCK);
  vergeet(pad);
  int uitkomst = echte_unlink(pad), fout = errno;
  slot(F_UNLCK);
  errno = fout;
  return uitkomst;
}

int rename(const char *van, const char *naar) {
  zorg_voor_begin();
  if (log_fd < 0) return echte_rename(van, naar);
  slot(F_WRLCK);
  if (strcmp(van, naar) != 0) vergeet(naar);
  int uitkomst = echte_rename(van, naar), fout = errno;
  slot(F_UNLCK);
  errno = fout;
  return uitkomst;
}

// Programs built with large file support call the same functions by these names.
ssize_t pwrite64(int, const void *, size_t, off64_t) __attribute__((alias("pwrite")));
ssize_t pwritev64(int, const struct iovec *, int, off64_t) __attribute__((alias("pwritev")));
int ftruncate64(int, off64_t) __attribute__((alias("ftruncate")));
int truncate64(const char *, off64_t) __attribute__((alias("truncate")));
int posix_fallocate64(int, off64_t, off64_t) __attribute__((alias("posix_fallocate")));
