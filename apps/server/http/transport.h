// Bytes over a non-blocking socket, plain or TLS, with one interface: every call tries at once and
// says what to wait for. OpenSSL works on the socket itself, so an idle TLS connection holds no
// buffers. Not thread safe: one connection, one thread.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>

struct ssl_st;
struct ssl_ctx_st;

namespace http {

struct Io {
    enum State {
        Moved,      // `bytes` > 0 were read or written
        WantRead,   // again when the socket is readable
        WantWrite,  // again when it is writable
        Ended,      // the peer has sent its last byte
        Broken,
    } state = Broken;
    size_t bytes = 0;
};

class Transport {
public:
    // `socket` stays the caller's. With `tls` a handshake comes first.
    Transport(int socket, ssl_ctx_st* tls);
    ~Transport();
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    bool is_tls() const { return ssl_ != nullptr; }
    Io handshake();  // Moved: done
    Io read(char* to, size_t most);
    // `more`: further bytes follow at once (one packet for head and body).
    Io write(const iovec* pieces, int count, bool more = false);
    // From a file, by sendfile where the transport can.
    Io write_file(int file, int64_t offset, int64_t most);
    // No more bytes from here; the peer sees the end.
    void shut_down();

private:
    Io tls_result(int result);
    int socket_;
    ssl_st* ssl_ = nullptr;
    bool tls_up_ = false;
};

}  // namespace http
