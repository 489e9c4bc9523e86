// The TLS side of a server: certificate, key, versions.
#pragma once

#include <memory>
#include <string>

#include "base/core/result.h"

struct ssl_ctx_st;

namespace http {

// TLS 1.2 and later, ALPN http/1.1. `cert`: PEM with the chain, the server's first; `key`: PEM
// without a passphrase. Errors name the file and what is wrong with it.
base::Result<std::shared_ptr<ssl_ctx_st>> make_tls_context(const std::string& cert,
                                                           const std::string& key);

}  // namespace http
