#include "base/net/http_client.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <mutex>

#include "base/net/address.h"
#include "base/text/text.h"

namespace base {
namespace {

constexpr size_t kMaxHeaderBytes = 256 << 10;
constexpr int64_t kMaxErrorBodyBytes = 64 << 10;  // of a failed answer to a streaming request

struct FreeEasy {
    void operator()(CURL* p) const { curl_easy_cleanup(p); }
};
struct CloseFile {
    void operator()(std::FILE* p) const { std::fclose(p); }
};
struct FreeList {
    void operator()(curl_slist* p) const { curl_slist_free_all(p); }
};

// What the callbacks see. They run inside curl_easy_perform, on the caller's thread.
struct Exchange {
    const HttpRequest& request;
    CURL* curl = nullptr;
    HttpResponse response;
    std::optional<Error> stopped;  // why we ended the transfer ourselves
    int64_t body_bytes = 0;
    size_t header_bytes = 0;
    std::string where;

    size_t stop(ErrorKind kind, std::string message) {
        stopped = Error{kind, std::move(message), where};
        return 0;  // not the number that was offered: curl ends the transfer
    }
};

size_t on_body(char* data, size_t, size_t count, void* user) {
    auto& exchange = *static_cast<Exchange*>(user);
    long status = 0;
    curl_easy_getinfo(exchange.curl, CURLINFO_RESPONSE_CODE, &status);
    const bool streams = exchange.request.on_body && status >= 200 && status < 300;
    exchange.body_bytes += static_cast<int64_t>(count);
    const int64_t most = exchange.request.on_body && !streams
                             ? std::min(kMaxErrorBodyBytes, exchange.request.max_body_bytes)
                             : exchange.request.max_body_bytes;
    if (exchange.body_bytes > most) {
        return exchange.stop(ErrorKind::Failed,
                             "the answer is longer than " + std::to_string(most) + " bytes");
    }
    if (!streams) {
        exchange.response.body.append(data, count);
        return count;
    }
    const Status taken = exchange.request.on_body({data, count});
    if (!taken.ok()) {
        exchange.stopped = taken.error();
        return 0;
    }
    return count;
}

size_t read_file(char* to, size_t, size_t count, void* file) {
    return std::fread(to, 1, count, static_cast<std::FILE*>(file));
}

size_t on_header(char* data, size_t, size_t count, void* user) {
    auto& exchange = *static_cast<Exchange*>(user);
    exchange.header_bytes += count;
    if (exchange.header_bytes > kMaxHeaderBytes) {
        return exchange.stop(ErrorKind::Failed, "the answer's headers are too long");
    }
    const std::string_view line = trim(std::string_view(data, count));
    if (line.starts_with("HTTP/")) {  // a new answer, after a redirect or 100 Continue
        exchange.response.headers.clear();
        exchange.response.body.clear();
        exchange.body_bytes = 0;
        return count;
    }
    if (const size_t colon = line.find(':'); colon != std::string_view::npos) {
        exchange.response.headers.push_back(
            {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
    }
    return count;
}

// Called with the looked-up address of every connection, redirects included.
curl_socket_t on_open_socket(void* user, curlsocktype, curl_sockaddr* address) {
    auto& exchange = *static_cast<Exchange*>(user);
    const bool local = !exchange.request.unix_socket.empty();
    if (!local && !exchange.request.allow_private && !is_public_address(&address->addr)) {
        exchange.stop(ErrorKind::Failed, "this address is not on the public internet; refused");
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto& exchange = *static_cast<Exchange*>(user);
    if (exchange.request.cancel && exchange.request.cancel->cancelled()) {
        exchange.stop(ErrorKind::Cancelled, "cancelled");
        return 1;
    }
    return 0;
}

Status check_request(const HttpRequest& request, const std::string& where) {
    const std::string lower = to_lower_ascii(request.url.substr(0, 8));
    if (!lower.starts_with("http://") && !lower.starts_with("https://")) {
        return usage_error("an address must begin with http:// or https://", where);
    }
    for (const HttpHeader& header : request.headers) {
        if ((header.name + header.value).find_first_of("\r\n") != std::string::npos ||
            header.name.empty()) {
            return usage_error("a header with a line break or without a name", where);
        }
    }
    return {};
}

void set_method(CURL* curl, const HttpRequest& request, std::FILE* body) {
    if (body != nullptr) {
        std::fseek(body, 0, SEEK_END);
        const auto size = static_cast<curl_off_t>(std::ftell(body));
        std::rewind(body);
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
        curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, size);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_file);
        curl_easy_setopt(curl, CURLOPT_READDATA, body);
    } else if (request.method == "HEAD") {
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    } else if (request.method != "GET") {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
    }
    const bool follows = request.method == "GET" || request.method == "HEAD";
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, follows && request.max_redirects > 0 ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, static_cast<long>(request.max_redirects));
}

}  // namespace

std::string url_without_secrets(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    const size_t scheme = url.find("://");
    const size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const size_t path = std::min(url.find('/', host), url.size());
    const size_t at = url.substr(0, path).rfind('@');
    if (at == std::string_view::npos || at < host) return std::string(url);
    return std::string(url.substr(0, host)) + std::string(url.substr(at + 1));
}

const std::string* HttpResponse::header(std::string_view name) const {
    const std::string wanted = to_lower_ascii(name);
    for (const HttpHeader& each : headers) {
        if (to_lower_ascii(each.name) == wanted) return &each.value;
    }
    return nullptr;
}

Result<HttpResponse> http_exchange(const HttpRequest& request) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });

    const std::string where = url_without_secrets(request.url);
    TRY(check_request(request, where));
    const std::unique_ptr<CURL, FreeEasy> handle(curl_easy_init());
    CURL* curl = handle.get();
    if (!curl) return failed("out of memory");
    std::unique_ptr<std::FILE, CloseFile> body;
    if (!request.body_file.empty()) {
        body.reset(std::fopen(request.body_file.c_str(), "rbe"));
        if (!body) return failed("cannot read the file to send", request.body_file);
    }
    Exchange exchange{request, curl, {}, {}, 0, 0, where};

    std::unique_ptr<curl_slist, FreeList> headers;
    const auto add_header = [&](const std::string& line) {
        headers.reset(curl_slist_append(headers.release(), line.c_str()));
    };
    for (const HttpHeader& header : request.headers) add_header(header.name + ": " + header.value);
    add_header("Expect:");  // no waiting for 100 Continue
    char error_text[CURL_ERROR_SIZE] = {};
    const auto milliseconds = [](double s) { return static_cast<long>(std::max(1.0, s * 1000)); };

    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "aozora");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, milliseconds(request.timeout_s));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request.connect_timeout_s));
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error_text);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    // A proxy would make the connection for us, past the guard.
    if (!request.allow_private) curl_easy_setopt(curl, CURLOPT_PROXY, "");
    set_method(curl, request, body.get());
    if (!request.unix_socket.empty())
        curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, request.unix_socket.c_str());
    std::string range;
    if (request.range) {
        range = std::to_string(request.range->first) + "-" +
                (request.range->last >= 0 ? std::to_string(request.range->last) : "");
        curl_easy_setopt(curl, CURLOPT_RANGE, range.c_str());
    }

    const CURLcode code = curl_easy_perform(curl);
    if (exchange.stopped) return *exchange.stopped;
    if (code != CURLE_OK) {
        const std::string detail = error_text[0] ? error_text : curl_easy_strerror(code);
        return failed("no answer: " + detail, where);
    }
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    exchange.response.status = static_cast<int>(status);
    const char* url = nullptr;
    curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &url);
    exchange.response.url = url ? url : request.url;
    return std::move(exchange.response);
}

}  // namespace base
