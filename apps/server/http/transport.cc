#include "apps/server/http/transport.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace http {
namespace {

constexpr size_t kTlsRecordBytes = 16 << 10;
constexpr int64_t kMostSendfileBytes = 1 << 20;  // keeps one reader from holding the loop

Io socket_result(ssize_t result, Io::State want) {
    if (result > 0) return {Io::Moved, static_cast<size_t>(result)};
    if (result == 0) return {Io::Ended, 0};
    if (errno == EAGAIN || errno == EWOULDBLOCK) return {want, 0};
    return {Io::Broken, 0};
}

}  // namespace

Transport::Transport(int socket, ssl_ctx_st* tls) : socket_(socket) {
    if (!tls) return;
    ssl_ = SSL_new(tls);
    if (ssl_ && SSL_set_fd(ssl_, socket) == 1) SSL_set_accept_state(ssl_);
}

Transport::~Transport() { SSL_free(ssl_); }

Io Transport::tls_result(int result) {
    if (result > 0) return {Io::Moved, static_cast<size_t>(result)};
    switch (SSL_get_error(ssl_, result)) {
        case SSL_ERROR_WANT_READ: return {Io::WantRead, 0};
        case SSL_ERROR_WANT_WRITE: return {Io::WantWrite, 0};
        case SSL_ERROR_ZERO_RETURN: return {Io::Ended, 0};
        default: return {Io::Broken, 0};
    }
}

Io Transport::handshake() {
    ERR_clear_error();
    const Io result = tls_result(SSL_do_handshake(ssl_));
    tls_up_ = result.state == Io::Moved;
    return result;
}

Io Transport::read(char* to, size_t most) {
    if (ssl_) {
        ERR_clear_error();
        return tls_result(SSL_read(ssl_, to, static_cast<int>(std::min<size_t>(most, INT32_MAX))));
    }
    for (;;) {
        const ssize_t result = ::recv(socket_, to, most, 0);
        if (result < 0 && errno == EINTR) continue;
        return socket_result(result, Io::WantRead);
    }
}

Io Transport::write(const iovec* pieces, int count, bool more) {
    while (count > 0 && pieces->iov_len == 0) {
        ++pieces;
        --count;
    }
    if (count == 0) return {Io::Moved, 0};
    if (!ssl_) {
        msghdr message{};
        message.msg_iov = const_cast<iovec*>(pieces);
        message.msg_iovlen = static_cast<size_t>(count);
        for (;;) {
            const ssize_t result =
                ::sendmsg(socket_, &message, MSG_NOSIGNAL | (more ? MSG_MORE : 0));
            if (result < 0 && errno == EINTR) continue;
            return socket_result(result, Io::WantWrite);
        }
    }
    // One record for a small head with its body. A retry may bring another address but the same
    // bytes (SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER).
    ERR_clear_error();
    if (count == 1 || pieces->iov_len >= kTlsRecordBytes) {
        const size_t size = std::min(pieces->iov_len, kTlsRecordBytes);
        return tls_result(SSL_write(ssl_, pieces->iov_base, static_cast<int>(size)));
    }
    std::array<char, kTlsRecordBytes> record;
    size_t size = 0;
    for (int i = 0; i < count && size < record.size(); ++i) {
        const size_t taken = std::min(pieces[i].iov_len, record.size() - size);
        std::memcpy(record.data() + size, pieces[i].iov_base, taken);
        size += taken;
    }
    return tls_result(SSL_write(ssl_, record.data(), static_cast<int>(size)));
}

Io Transport::write_file(int file, int64_t offset, int64_t most) {
    if (!ssl_) {
        for (;;) {
            off_t from = offset;
            const ssize_t result = ::sendfile(
                socket_, file, &from, static_cast<size_t>(std::min(most, kMostSendfileBytes)));
            if (result < 0 && errno == EINTR) continue;
            return socket_result(result, Io::WantWrite);
        }
    }
    std::array<char, kTlsRecordBytes> record;
    const ssize_t size = ::pread(
        file, record.data(),
        static_cast<size_t>(std::min<int64_t>(most, static_cast<int64_t>(record.size()))), offset);
    if (size <= 0) return {size == 0 ? Io::Ended : Io::Broken, 0};
    ERR_clear_error();
    return tls_result(SSL_write(ssl_, record.data(), static_cast<int>(size)));
}

void Transport::shut_down() {
    if (ssl_ && tls_up_) {
        ERR_clear_error();
        SSL_shutdown(ssl_);
    }
    ::shutdown(socket_, SHUT_WR);
}

}  // namespace http
