// Which requests a browser may send here: the guard against DNS rebinding, cross-site requests and
// cross-site reading. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace server {

struct OriginRules {
    std::vector<std::string> hosts;         // names, without port, besides addresses and localhost
    std::vector<std::string> cors_origins;  // exact origins or "*"
};

// "Example.org:8080" -> "example.org"; "[::1]:80" -> "::1"; "" when it is no host.
std::string host_name(std::string_view host_header);

// A Host header that is an address, localhost, or a name the operator listed. A name that a
// stranger points at us (rebinding) is none of these; an address cannot be rebound.
bool host_is_ours(std::string_view host_header, const OriginRules& rules);

enum class OriginKind {
    Same,     // none given, or that of this server
    Allowed,  // on the CORS list
    Foreign,
};
// `origin` as sent ("" = absent); compared with Host by name and port, not by scheme: a proxy in
// front may end TLS.
OriginKind origin_kind(std::string_view origin, std::string_view host_header,
                       const OriginRules& rules);

}  // namespace server
