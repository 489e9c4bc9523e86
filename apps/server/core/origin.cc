#include "apps/server/core/origin.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/text/text.h"

namespace server {
namespace {

bool is_address(const std::string& name) {
    unsigned char bytes[16];
    return inet_pton(AF_INET, name.c_str(), bytes) == 1 ||
           inet_pton(AF_INET6, name.c_str(), bytes) == 1;
}

std::string without_default_port(std::string host) {
    for (const char* port : {":80", ":443"}) {
        if (base::ends_with(host, port) && host.find("]") == std::string::npos)
            return host.substr(0, host.size() - std::string_view(port).size());
        if (base::ends_with(host, std::string("]") + port))
            return host.substr(0, host.size() - std::string_view(port).size());
    }
    return host;
}

}  // namespace

std::string host_name(std::string_view header) {
    std::string host = base::to_lower_ascii(header);
    if (!host.empty() && host[0] == '[') {
        const size_t close = host.find(']');
        if (close == std::string::npos) return "";
        const std::string rest = host.substr(close + 1);
        if (!rest.empty() && rest[0] != ':') return "";
        return host.substr(1, close - 1);
    }
    const size_t colon = host.find(':');
    if (colon != std::string::npos) {
        const std::string port = host.substr(colon + 1);
        if (port.find_first_not_of("0123456789") != std::string::npos) return "";
        host.resize(colon);
    }
    if (host.find_first_of(" /\\@?#") != std::string::npos) return "";
    if (!host.empty() && host.back() == '.') host.pop_back();
    return host;
}

bool host_is_ours(std::string_view header, const OriginRules& rules) {
    const std::string name = host_name(header);
    if (name.empty()) return false;
    if (is_address(name) || name == "localhost" || base::ends_with(name, ".localhost")) return true;
    return std::any_of(rules.hosts.begin(), rules.hosts.end(),
                       [&](const std::string& host) { return base::to_lower_ascii(host) == name; });
}

OriginKind origin_kind(std::string_view origin, std::string_view header, const OriginRules& rules) {
    if (origin.empty()) return OriginKind::Same;
    const std::string low = base::to_lower_ascii(origin);
    const size_t scheme = low.find("://");
    if (scheme != std::string::npos && without_default_port(low.substr(scheme + 3)) ==
                                           without_default_port(base::to_lower_ascii(header))) {
        return OriginKind::Same;
    }
    for (const std::string& allowed : rules.cors_origins) {
        if (allowed == "*" || base::to_lower_ascii(allowed) == low) return OriginKind::Allowed;
    }
    return OriginKind::Foreign;
}

}  // namespace server
