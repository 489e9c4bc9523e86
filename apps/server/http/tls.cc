#include "apps/server/http/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace http {
namespace {

std::string openssl_reason() {
    const unsigned long code = ERR_peek_last_error();
    const char* reason = ERR_reason_error_string(code);
    ERR_clear_error();
    return reason ? reason : "unknown reason";
}

// Never ask on a terminal: a server must start by itself.
int no_passphrase(char*, int, int, void*) { return 0; }

int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size,
                    const unsigned char* in, unsigned in_size, void*) {
    constexpr unsigned char kOffered[] = "\x08http/1.1";
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, out_size, kOffered, sizeof(kOffered) - 1, in, in_size) !=
        OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_NOACK;
    }
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

base::Status check_readable(const std::string& path, const char* what) {
    if (::access(path.c_str(), R_OK) == 0) return {};
    return base::usage_error(std::string("cannot read the ") + what + ": " + std::strerror(errno),
                             path);
}

}  // namespace

base::Result<std::shared_ptr<ssl_ctx_st>> make_tls_context(const std::string& cert,
                                                           const std::string& key) {
    if (cert.empty() || key.empty()) {
        return base::usage_error("TLS needs both a certificate and a key");
    }
    TRY(check_readable(cert, "TLS certificate"));
    TRY(check_readable(key, "TLS key"));
    ERR_clear_error();
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context) return base::failed("TLS cannot be set up: " + openssl_reason());
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                           SSL_OP_CIPHER_SERVER_PREFERENCE |
                                           SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                        SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                        SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_default_passwd_cb(context.get(), no_passphrase);
    SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
    if (SSL_CTX_use_certificate_chain_file(context.get(), cert.c_str()) != 1) {
        return base::usage_error("not a PEM certificate: " + openssl_reason(), cert);
    }
    if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
        const int reason = ERR_GET_REASON(ERR_peek_last_error());
        if (reason == X509_R_KEY_VALUES_MISMATCH) {
            ERR_clear_error();
            return base::usage_error("the TLS key does not belong to the certificate " + cert, key);
        }
        return base::usage_error("not a PEM key without a passphrase: " + openssl_reason(), key);
    }
    if (SSL_CTX_check_private_key(context.get()) != 1) {
        ERR_clear_error();
        return base::usage_error("the TLS key does not belong to the certificate " + cert, key);
    }
    return std::shared_ptr<ssl_ctx_st>(std::move(context));
}

}  // namespace http
