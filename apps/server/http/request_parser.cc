#include "apps/server/http/request_parser.h"

#include <strings.h>

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>

#include "apps/server/http/target.h"

namespace http {
namespace beast = boost::beast;
namespace {

constexpr size_t kMostHeaders = 128;

bool same_text(std::string_view a, std::string_view b) {
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

// Strings of the last request on the connection are written over, so a busy connection allocates
// nothing here.
class Grammar final : public beast::http::basic_parser<true> {
public:
    explicit Grammar(RequestHead& head) : head_(head) {
        eager(true);
        header_limit(UINT32_MAX);  // bounded before it gets here
        body_limit(boost::none);   // likewise, by the route
    }
    std::string* body = nullptr;
    size_t headers = 0;
    int version = 11;
    int hosts = 0;
    bool bad_coding = false;
    bool bad_expect = false;
    bool expects_continue = false;
    bool head_done = false;

private:
    using Code = beast::error_code;
    using View = beast::string_view;

    void on_request_impl(beast::http::verb, View method, View target, int given_version,
                         Code&) override {
        head_.method.assign(method.data(), method.size());
        head_.target.assign(target.data(), target.size());
        version = given_version;
    }
    void on_field_impl(beast::http::field field, View name, View value, Code& error) override {
        if (head_done) return;  // trailers are dropped
        const std::string_view text(value.data(), value.size());
        if (field == beast::http::field::host) ++hosts;
        if (field == beast::http::field::transfer_encoding && !same_text(text, "chunked")) {
            bad_coding = true;
        }
        if (field == beast::http::field::expect) {
            expects_continue = same_text(text, "100-continue");
            bad_expect = !expects_continue;
        }
        if (headers == kMostHeaders) {
            error = beast::http::error::header_limit;
            return;
        }
        if (headers == head_.headers.size()) head_.headers.emplace_back();
        Header& header = head_.headers[headers++];
        header.name.assign(name.data(), name.size());
        header.value.assign(text);
    }
    void on_header_impl(Code&) override {
        head_.headers.resize(headers);
        head_done = true;
    }
    void on_body_init_impl(const boost::optional<uint64_t>&, Code&) override {}
    size_t on_body_impl(View bytes, Code&) override {
        body->append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_chunk_header_impl(uint64_t, View, Code&) override {}
    size_t on_chunk_body_impl(uint64_t, View bytes, Code&) override {
        body->append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_finish_impl(Code&) override {}
    void on_response_impl(int, View, int, Code&) override {}

    RequestHead& head_;
};

}  // namespace

struct RequestParser::Impl {
    std::optional<Grammar> grammar;
    std::string unused;
};

RequestParser::RequestParser() : impl_(std::make_unique<Impl>()) {}
RequestParser::~RequestParser() = default;

void RequestParser::reset(RequestHead& head) {
    head_ = &head;
    impl_->grammar.emplace(head);
    searched_ = 0;
    version_ = 11;
    expects_continue_ = false;
}

RequestParser::Step RequestParser::refuse(int status, std::string message) {
    refusal_ = {status, std::move(message)};
    return Step::Refused;
}

RequestParser::Step RequestParser::parse_head(std::string_view bytes, size_t most_bytes,
                                              size_t& used) {
    used = 0;
    // Empty lines before a request are to be skipped (RFC 9112, 2.2).
    if (searched_ == 0) {
        while (bytes.substr(used).starts_with("\r\n")) used += 2;
    }
    bytes.remove_prefix(used);
    if (bytes.empty() || bytes == "\r") return Step::NeedMore;

    const size_t end = bytes.substr(0, most_bytes + 4).find("\r\n\r\n", searched_);
    if (end == std::string_view::npos) {
        if (bytes.size() >= most_bytes) {
            return bytes.find("\r\n") == std::string_view::npos
                       ? refuse(414, "the request line is too long")
                       : refuse(431, "the request headers are longer than " +
                                         std::to_string(most_bytes) + " bytes");
        }
        searched_ = bytes.size() > 3 ? bytes.size() - 3 : 0;
        return Step::NeedMore;
    }
    const std::string_view head = bytes.substr(0, end + 4);
    if (head.find("\r\n ") != std::string_view::npos ||
        head.find("\r\n\t") != std::string_view::npos) {
        return refuse(400, "a header line is folded");
    }
    Grammar& grammar = *impl_->grammar;
    beast::error_code error;
    grammar.body = &impl_->unused;
    grammar.put(boost::asio::const_buffer(head.data(), head.size()), error);
    version_ = grammar.version;
    if (error == beast::http::error::bad_version) {
        return refuse(505, "this server speaks HTTP/1.1 and HTTP/1.0");
    }
    if (error == beast::http::error::header_limit) return refuse(431, "too many request headers");
    if (error && error != beast::http::error::need_more) {
        return refuse(400, "the request is malformed: " + error.message());
    }
    if (!grammar.head_done) return refuse(400, "the request is malformed");
    used += head.size();
    return check_head();
}

RequestParser::Step RequestParser::check_head() {
    const Grammar& grammar = *impl_->grammar;
    expects_continue_ = grammar.expects_continue && !http10();
    if (grammar.hosts > 1 || (grammar.hosts == 0 && !http10())) {
        return refuse(400, "a request needs one Host header");
    }
    if (grammar.bad_coding) return refuse(501, "the only transfer coding here is chunked");
    if (grammar.chunked() && http10()) return refuse(400, "HTTP/1.0 has no chunked bodies");
    if (grammar.bad_expect && !http10()) return refuse(417, "Expect may only be 100-continue");
    const base::Status target = parse_target(head_->target, head_->path, head_->query);
    if (!target.ok()) return refuse(400, target.error().message);
    return Step::Done;
}

RequestParser::Step RequestParser::parse_body(std::string_view bytes, size_t& used,
                                              std::string& body) {
    used = 0;
    Grammar& grammar = *impl_->grammar;
    if (grammar.is_done()) return Step::Done;
    grammar.body = &body;
    while (used < bytes.size()) {
        beast::error_code error;
        used +=
            grammar.put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
        if (grammar.is_done()) return Step::Done;
        if (error == beast::http::error::need_more) return Step::NeedMore;
        if (error) return refuse(400, "the body is malformed: " + error.message());
    }
    return Step::NeedMore;
}

bool RequestParser::keep_alive() const { return impl_->grammar->keep_alive(); }
bool RequestParser::has_body() const { return !impl_->grammar->is_done(); }
bool RequestParser::body_done() const { return impl_->grammar->is_done(); }

std::optional<int64_t> RequestParser::content_length() const {
    const auto length = impl_->grammar->content_length();
    if (!length) return std::nullopt;
    return static_cast<int64_t>(std::min<uint64_t>(*length, INT64_MAX));
}

}  // namespace http
