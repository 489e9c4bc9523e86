#include "apps/server/http/conditional.h"

#include "apps/server/http/http_date.h"
#include "base/text/text.h"

namespace http {
namespace {

bool is_weak(std::string_view tag) { return tag.starts_with("W/"); }
std::string_view opaque(std::string_view tag) { return is_weak(tag) ? tag.substr(2) : tag; }

// Whether the list of entity tags names `etag`. Tags may hold commas, so quotes are followed.
bool lists(std::string_view list, std::string_view etag, bool strong) {
    list = base::trim(list);
    if (list == "*") return true;
    if (etag.empty() || (strong && is_weak(etag))) return false;
    while (!list.empty()) {
        const size_t open = list.find('"');
        if (open == std::string_view::npos) return false;
        const size_t close = list.find('"', open + 1);
        if (close == std::string_view::npos) return false;
        const bool weak = open >= 2 && list.substr(open - 2, 2) == "W/";
        if (list.substr(open, close - open + 1) == opaque(etag) && !(strong && weak)) return true;
        list.remove_prefix(close + 1);
    }
    return false;
}

std::optional<int64_t> date_header(const RequestHead& request, std::string_view name) {
    const std::string* value = request.header(name);
    return value ? parse_http_date(*value) : std::nullopt;
}

}  // namespace

Verdict evaluate_conditions(const RequestHead& request, const Validators& validators) {
    if (const std::string* match = request.header("If-Match")) {
        if (!lists(*match, validators.etag, true)) return Verdict::PreconditionFailed;
    } else if (const auto since = date_header(request, "If-Unmodified-Since");
               since && validators.modified && *validators.modified > *since) {
        return Verdict::PreconditionFailed;
    }
    const bool reads = request.method == "GET" || request.method == "HEAD";
    if (const std::string* none = request.header("If-None-Match")) {
        if (!lists(*none, validators.etag, false)) return Verdict::Proceed;
        return reads ? Verdict::NotModified : Verdict::PreconditionFailed;
    }
    if (!reads || !validators.modified) return Verdict::Proceed;
    const auto since = date_header(request, "If-Modified-Since");
    return since && *validators.modified <= *since ? Verdict::NotModified : Verdict::Proceed;
}

bool range_allowed(const RequestHead& request, const Validators& validators) {
    const std::string* condition = request.header("If-Range");
    if (!condition) return true;
    const std::string_view text = base::trim(*condition);
    if (text.starts_with('"')) return text == validators.etag;
    if (is_weak(text)) return false;
    const auto date = parse_http_date(text);
    return date && validators.modified && *date == *validators.modified;
}

}  // namespace http
