#include "base/net/http_client.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <memory>
#include <mutex>

#include "base/core/sha256.h"
#include "base/net/address.h"
#include "base/text/text.h"

namespace base {
namespace {

constexpr size_t kMaxHeaderBytes = 256 << 10;
constexpr int64_t kMaxErrorBodyBytes = 64 << 10;  // of a failed answer to a streaming request

struct FreeEasy {
    void operator()(CURL* p) const { curl_easy_cleanup(p); }
};
struct FreeList {
    void operator()(curl_slist* p) const { curl_slist_free_all(p); }
};

// A thread's handle, which keeps its connections between exchanges. Exchanges that may go anywhere
// have another one than those that may not: the guard looks at addresses when it connects, and must
// not be given a connection that was made without it.
class KeptHandle {
public:
    explicit KeptHandle(bool allow_private) : slot_(slots()[allow_private ? 1 : 0]) {
        // An exchange inside another's on_body, and a child process, cannot share it.
        if (slot_.busy || (slot_.handle && slot_.process != getpid())) {
            own_.reset(curl_easy_init());
            return;
        }
        if (!slot_.handle) {
            slot_.handle.reset(curl_easy_init());
            slot_.process = getpid();
        }
        slot_.busy = true;
    }
    ~KeptHandle() {
        if (own_) return;
        slot_.busy = false;
        if (slot_.handle) curl_easy_reset(slot_.handle.get());  // forgets pointers, not connections
    }
    KeptHandle(const KeptHandle&) = delete;
    CURL* get() const { return own_ ? own_.get() : slot_.handle.get(); }

private:
    struct Slot {
        std::unique_ptr<CURL, FreeEasy> handle;
        pid_t process = 0;
        bool busy = false;
    };
    static Slot* slots() {
        thread_local Slot two[2];
        return two;
    }

    Slot& slot_;
    std::unique_ptr<CURL, FreeEasy> own_;
};

// The file that is sent.
class BodyFile {
public:
    BodyFile() = default;
    ~BodyFile() {
        if (file_ >= 0) ::close(file_);
    }
    BodyFile(const BodyFile&) = delete;

    Status open(const std::string& path) {
        file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat status;
        if (file_ < 0 || ::fstat(file_, &status) != 0) {
            return failed(std::string("cannot read: ") + std::strerror(errno), path);
        }
        if (!S_ISREG(status.st_mode)) return failed("not a file", path);
        size_ = status.st_size;
        return {};
    }
    int64_t size() const { return size_; }
    void seek(int64_t to) { at_ = to; }
    // -1 when it cannot be read, or became shorter.
    ssize_t read(char* buffer, size_t most) {
        const ssize_t n = ::pread(file_, buffer, most, at_);
        if (n > 0) at_ += n;
        return n == 0 && at_ < size_ ? -1 : n;
    }
    Result<std::string> sha256() {
        Sha256 hash;
        std::string buffer(1 << 17, '\0');
        ssize_t n = 0;
        while ((n = read(buffer.data(), buffer.size())) > 0) {
            hash.add({buffer.data(), static_cast<size_t>(n)});
        }
        seek(0);
        if (n < 0) return failed("cannot read the file that is to be sent");
        return hash.hex();
    }

private:
    int file_ = -1;
    int64_t size_ = 0, at_ = 0;
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
    BodyFile body_file;
    bool head_seen = false;

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
    if (exchange.request.on_head && status >= 200 && status < 300 && !exchange.head_seen) {
        exchange.head_seen = true;
        exchange.response.status = static_cast<int>(status);
        const Status taken = exchange.request.on_head(exchange.response);
        if (!taken.ok()) {
            exchange.stopped = taken.error();
            return 0;
        }
    }
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
    if (!exchange.request.allow_private && !is_public_address(&address->addr)) {
        exchange.stop(ErrorKind::Failed, "this address is not on the public internet; refused");
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

size_t on_read(char* buffer, size_t size, size_t count, void* user) {
    auto& exchange = *static_cast<Exchange*>(user);
    const ssize_t n = exchange.body_file.read(buffer, size * count);
    if (n >= 0) return static_cast<size_t>(n);
    exchange.stop(ErrorKind::Failed, "cannot read the file that is to be sent");
    return CURL_READFUNC_ABORT;
}

// A connection that the server had closed meanwhile: curl begins again on a new one.
int on_seek(void* user, curl_off_t offset, int origin) {
    if (origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
    static_cast<Exchange*>(user)->body_file.seek(offset);
    return CURL_SEEKFUNC_OK;
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
    if (!request.unix_socket.empty() && !request.allow_private) {
        return usage_error("a Unix socket is not on the public internet; refused", where);
    }
    if (!request.body_file.empty() && !request.body.empty()) {
        return usage_error("a body and a file as body", where);
    }
    return {};
}

// What the signer adds to the headers.
Result<std::vector<HttpHeader>> signed_headers(const HttpRequest& request, BodyFile& file,
                                               const std::vector<HttpHeader>& headers) {
    if (!request.sigv4) return std::vector<HttpHeader>();
    std::vector<HttpHeader> others;
    std::string payload;
    for (const HttpHeader& header : headers) {
        if (to_lower_ascii(header.name) == "x-amz-content-sha256") {
            payload = header.value;
        } else {
            others.push_back(header);
        }
    }
    const bool given = !payload.empty();
    if (!given) payload = request.body_file.empty() ? sha256_hex(request.body) : TRY(file.sha256());
    auto added = TRY(sigv4_headers(*request.sigv4, request.method, request.url, others, payload,
                                   static_cast<int64_t>(std::time(nullptr))));
    if (given) {
        std::erase_if(added,
                      [](const HttpHeader& each) { return each.name == "x-amz-content-sha256"; });
    }
    return added;
}

void set_method(CURL* curl, const HttpRequest& request, Exchange& exchange) {
    if (request.method == "HEAD") {
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    } else if (!request.body_file.empty()) {
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
        curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE,
                         static_cast<curl_off_t>(exchange.body_file.size()));
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
        curl_easy_setopt(curl, CURLOPT_READDATA, &exchange);
        curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, on_seek);
        curl_easy_setopt(curl, CURLOPT_SEEKDATA, &exchange);
    } else if (request.method != "GET") {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
    }
    const bool follows = (request.method == "GET" || request.method == "HEAD") && !request.sigv4;
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
    const KeptHandle handle(request.allow_private);
    CURL* curl = handle.get();
    if (!curl) return failed("out of memory");
    Exchange exchange{request, curl, {}, {}, 0, 0, where, {}, false};
    if (!request.body_file.empty()) TRY(exchange.body_file.open(request.body_file));

    std::unique_ptr<curl_slist, FreeList> headers;
    const auto add_header = [&](const std::string& line) {
        headers.reset(curl_slist_append(headers.release(), line.c_str()));
    };
    for (const HttpHeader& header : request.headers) add_header(header.name + ": " + header.value);
    for (const HttpHeader& header :
         TRY(signed_headers(request, exchange.body_file, request.headers))) {
        add_header(header.name + ": " + header.value);
    }
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
    if (request.stall_timeout_s > 0) {
        curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
        curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME,
                         std::max(1L, static_cast<long>(request.stall_timeout_s)));
    }
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
    if (!request.unix_socket.empty()) {
        curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, request.unix_socket.c_str());
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
    }
    if (request.sigv4) curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    set_method(curl, request, exchange);
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
