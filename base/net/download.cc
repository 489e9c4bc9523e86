#include "base/net/download.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "base/core/sha256.h"
#include "base/net/http_client.h"
#include "base/text/text.h"

namespace base {
namespace {

constexpr double kLongestExchange_s = 24 * 3600;
constexpr int64_t kLargest = int64_t{1} << 50;

class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor&) = delete;
    void reset(int fd = -1) {
        if (fd_ >= 0) ::close(fd_);
        fd_ = fd;
    }
    int get() const { return fd_; }

private:
    int fd_;
};

int64_t number(std::string_view text) {
    int64_t value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

// "bytes 5-9/100"
struct ContentRange {
    int64_t first = -1, last = -1, total = -1;
};
ContentRange content_range(const HttpResponse& head) {
    const std::string* text = head.header("content-range");
    if (!text || !text->starts_with("bytes ")) return {};
    const std::string_view rest = std::string_view(*text).substr(6);
    const size_t dash = rest.find('-'), slash = rest.find('/');
    if (dash == rest.npos || slash == rest.npos || slash < dash) return {};
    return {number(rest.substr(0, dash)), number(rest.substr(dash + 1, slash - dash - 1)),
            number(rest.substr(slash + 1))};
}

// Whether asking again may help.
bool passes(int status) { return status == 408 || status == 429 || status >= 500; }

Error refusal(const HttpResponse& response) {
    const std::string where = url_without_secrets(response.url);
    const std::string status = std::to_string(response.status);
    switch (response.status) {
        case 401: return failed("the server wants a token (401)", where);
        case 403: return failed("the server forbids it (403): this account has no access", where);
        case 404: return {ErrorKind::NotFound, "there is no such file on the server (404)", where};
        case 416: return failed("the file on the server is shorter than announced (416)", where);
        case 429: return failed("the server asks for patience (429); try again later", where);
        default: return failed("the server answered " + status, where);
    }
}

class Download {
public:
    explicit Download(const DownloadRequest& request) : request_(request) {}

    Status run() {
        TRY(open_part());
        if (request_.size_bytes >= 0) {
            TRY(read_log());
            TRY(fetch_pieces());
        }
        if (whole_in_one_) TRY(fetch_whole());
        if (request_.size_bytes < 0) TRY(fetch_whole());
        TRY(check());
        if (::fsync(part_.get()) != 0 ||
            ::rename(part_name().c_str(), request_.target.c_str()) != 0)
            return file_error("cannot be put in place");
        ::unlink(log_name().c_str());
        return {};
    }

private:
    std::string part_name() const { return request_.target + ".part"; }
    std::string log_name() const { return request_.target + ".part.log"; }
    Error file_error(const std::string& what) const {
        return failed(what + ": " + std::strerror(errno), part_name());
    }

    Status open_part() {
        part_.reset(::open(part_name().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
        if (part_.get() < 0) return file_error("cannot be written");
        if (::flock(part_.get(), LOCK_EX | LOCK_NB) != 0)
            return failed("another process is downloading this file", part_name());
        return {};
    }

    // What was there before, if it is of the same file; else a fresh start.
    Status read_log() {
        const int64_t count =
            (request_.size_bytes + request_.piece_bytes - 1) / request_.piece_bytes;
        const std::string head = "aozora-download 1 " + std::to_string(request_.size_bytes) + " " +
                                 std::to_string(request_.piece_bytes) + " " +
                                 sha256_hex(request_.version + " " + request_.sha256) + "\n";
        log_.reset(::open(log_name().c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
        if (log_.get() < 0) return file_error("cannot be written");
        std::string text;
        char buffer[4096];
        for (ssize_t n; (n = ::read(log_.get(), buffer, sizeof buffer)) > 0;)
            text.append(buffer, static_cast<size_t>(n));
        std::set<int64_t> there;
        if (text.starts_with(head)) {
            const std::string lines = text.substr(head.size());
            for (size_t at = 0, end; (end = lines.find('\n', at)) != lines.npos; at = end + 1) {
                const int64_t piece = number(std::string_view(lines).substr(at, end - at));
                if (piece >= 0 && piece < count) there.insert(piece);
            }
            // A line that kill -9 cut short must not join with the next one.
            if (!lines.empty() && !lines.ends_with('\n')) TRY(log_line("\n"));
        } else {
            if (::ftruncate(log_.get(), 0) != 0 || ::ftruncate(part_.get(), 0) != 0)
                return file_error("cannot be written");
            TRY(log_line(head));
        }
        if (::ftruncate(part_.get(), request_.size_bytes) != 0)
            return file_error("cannot be written");
        for (int64_t piece = 0; piece < count; ++piece) {
            if (there.contains(piece)) done_ += length_of(piece);
            else missing_.push_back(piece);
        }
        std::reverse(missing_.begin(), missing_.end());  // taken from the back
        return {};
    }

    Status log_line(const std::string& line) {
        return ::write(log_.get(), line.data(), line.size()) == static_cast<ssize_t>(line.size())
                   ? Status()
                   : Status(failed(std::string("cannot be written: ") + std::strerror(errno),
                                   log_name()));
    }

    int64_t length_of(int64_t piece) const {
        return std::min(request_.piece_bytes, request_.size_bytes - piece * request_.piece_bytes);
    }

    Status fetch_pieces() {
        report();
        const int count = static_cast<int>(std::min<size_t>(
            missing_.size(), static_cast<size_t>(std::clamp(request_.connections, 1, 32))));
        std::vector<std::thread> threads;
        for (int i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
        for (std::thread& thread : threads) thread.join();
        if (stopped_) return *stopped_;
        return {};
    }

    void work() {
        while (true) {
            int64_t piece = 0;
            {
                const std::lock_guard lock(mutex_);
                if (stopped_ || whole_in_one_ || missing_.empty()) return;
                piece = missing_.back();
                missing_.pop_back();
            }
            Status done = fetch_piece(piece);
            const std::lock_guard lock(mutex_);
            if (whole_in_one_) return;
            if (done.ok()) done = log_line(std::to_string(piece) + "\n");
            if (!done.ok() && !stopped_) {
                stopped_ = done.error();
                waked_.notify_all();
            }
        }
    }

    bool ends() const {
        return (request_.cancel && request_.cancel->cancelled()) || stopped_ || whole_in_one_;
    }

    // False: the whole download ends.
    bool wait(double seconds) {
        std::unique_lock lock(mutex_);
        const auto until = std::chrono::steady_clock::now() +
                           std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                               std::chrono::duration<double>(seconds));
        while (!ends() && std::chrono::steady_clock::now() < until)
            waked_.wait_for(lock, std::chrono::milliseconds(100));
        return !ends();
    }

    // Asks until an answer's body came in full. `ask` makes one exchange and moves `at`, and `end`
    // where that was not known.
    template <typename Ask>
    Status with_patience(const int64_t& at, const int64_t& end, const Ask& ask) {
        double pause = request_.first_wait_s;
        for (int fruitless = 0;;) {
            const int64_t before = at;
            const Result<HttpResponse> answer = ask();
            if (request_.cancel) TRY(request_.cancel->check());
            if (fatal_of_this_thread()) return *fatal_of_this_thread();
            if (answer.ok() && answer->ok() && at == end) return {};
            if (answer.ok() && !answer->ok() && !passes(answer->status)) return refusal(*answer);
            fruitless = at > before ? 0 : fruitless + 1;
            if (at > before) pause = request_.first_wait_s;
            if (fruitless >= request_.attempts) {
                if (!answer.ok()) return answer.error();
                if (!answer->ok()) return refusal(*answer);
                return failed("the server breaks off again and again",
                              url_without_secrets(request_.url));
            }
            double seconds = pause;
            pause *= 2;
            if (answer.ok()) {
                const std::string* header = answer->header("retry-after");
                const int64_t asked = header ? number(*header) : -1;
                if (asked >= 0) seconds = static_cast<double>(asked);
            }
            if (!wait(std::min(seconds, request_.most_wait_s)))
                return Error{ErrorKind::Cancelled, "cancelled", {}};
        }
    }

    static std::optional<Error>& fatal_of_this_thread() {
        thread_local std::optional<Error> fatal;
        return fatal;
    }
    // Ends the exchange and the download: asking again would not help.
    Status fatal(Error error) {
        fatal_of_this_thread() = error;
        return error;
    }

    HttpRequest plain_request() const {
        HttpRequest request;
        request.url = request_.url;
        request.headers = request_.headers;
        request.allow_private = request_.allow_private;
        request.timeout_s = kLongestExchange_s;
        request.stall_timeout_s = request_.stall_timeout_s;
        request.max_body_bytes = kLargest;
        request.cancel = request_.cancel;
        return request;
    }

    Status fetch_piece(int64_t piece) {
        fatal_of_this_thread().reset();
        int64_t at = piece * request_.piece_bytes;
        const int64_t end = at + length_of(piece);
        const auto ask = [&]() -> Result<HttpResponse> {
            HttpRequest request = plain_request();
            request.range = ByteRange{at, end - 1};
            request.on_head = [&](const HttpResponse& head) -> Status {
                if (head.status == 200) {
                    const std::lock_guard lock(mutex_);
                    whole_in_one_ = true;  // a server that does not know ranges
                    return Error{ErrorKind::Cancelled, "cancelled", {}};
                }
                const ContentRange range = content_range(head);
                if (range.total >= 0 && range.total != request_.size_bytes)
                    return fatal(
                        failed("the file on the server has " + std::to_string(range.total) +
                                   " bytes, announced were " + std::to_string(request_.size_bytes),
                               url_without_secrets(request_.url)));
                if (range.first != at)
                    return fatal(failed("the server answers with another range than asked for",
                                        url_without_secrets(request_.url)));
                return {};
            };
            request.on_body = [&](std::string_view bytes) -> Status {
                if (static_cast<int64_t>(bytes.size()) > end - at)
                    return fatal(failed("the server sends more than asked for",
                                        url_without_secrets(request_.url)));
                TRY(store(bytes, at));
                at += static_cast<int64_t>(bytes.size());
                return count(static_cast<int64_t>(bytes.size()));
            };
            return http_exchange(request);
        };
        return with_patience(at, end, ask);
    }

    // One exchange from the first byte to the last.
    Status fetch_whole() {
        fatal_of_this_thread().reset();
        whole_in_one_ = false;
        if (::ftruncate(part_.get(), 0) != 0) return file_error("cannot be written");
        int64_t at = 0, end = request_.size_bytes;
        const auto ask = [&]() -> Result<HttpResponse> {
            at = 0;
            done_ = 0;
            HttpRequest request = plain_request();
            request.on_body = [&](std::string_view bytes) -> Status {
                if (end >= 0 && static_cast<int64_t>(bytes.size()) > end - at)
                    return fatal(failed("the file on the server is longer than the announced " +
                                            std::to_string(end) + " bytes",
                                        url_without_secrets(request_.url)));
                TRY(store(bytes, at));
                at += static_cast<int64_t>(bytes.size());
                return count(static_cast<int64_t>(bytes.size()));
            };
            auto answer = http_exchange(request);
            // Curl has compared with Content-Length, where there is one.
            if (answer.ok() && answer->ok() && request_.size_bytes < 0) end = at;
            if (!(answer.ok() && answer->ok() && at == end)) at = 0;
            return answer;
        };
        return with_patience(at, end, ask);
    }

    Status store(std::string_view bytes, int64_t at) {
        while (!bytes.empty()) {
            const ssize_t n = ::pwrite(part_.get(), bytes.data(), bytes.size(), at);
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) return fatal(file_error("cannot be written"));
            bytes.remove_prefix(static_cast<size_t>(n));
            at += n;
        }
        return {};
    }

    Status count(int64_t bytes) {
        done_ += bytes;
        const std::lock_guard lock(mutex_);
        report();
        if (ends()) return Error{ErrorKind::Cancelled, "cancelled", {}};
        return {};
    }

    void report() {
        if (request_.on_progress) request_.on_progress({done_, request_.size_bytes, false});
    }

    Status check() {
        if (request_.sha256.empty()) return {};
        Sha256 hash;
        std::string buffer(1 << 20, '\0');
        int64_t at = 0;
        for (ssize_t n; (n = ::pread(part_.get(), buffer.data(), buffer.size(), at)) != 0;) {
            if (n < 0) return file_error("cannot be read");
            if (request_.cancel) TRY(request_.cancel->check());
            hash.add({buffer.data(), static_cast<size_t>(n)});
            at += n;
            if (request_.on_progress) request_.on_progress({at, request_.size_bytes, true});
        }
        const std::string got = hash.hex();
        if (got == to_lower_ascii(request_.sha256)) return {};
        ::unlink(part_name().c_str());
        ::unlink(log_name().c_str());
        return failed("the bytes that came are not the announced ones (SHA-256 " + got +
                          ", announced " + request_.sha256 + "); they are thrown away, try again",
                      url_without_secrets(request_.url));
    }

    const DownloadRequest& request_;
    Descriptor part_, log_;
    std::mutex mutex_;
    std::condition_variable waked_;
    std::vector<int64_t> missing_;
    std::atomic<int64_t> done_{0};
    std::optional<Error> stopped_;
    bool whole_in_one_ = false;
};

}  // namespace

Status download(const DownloadRequest& request) {
    CHECK(request.piece_bytes > 0 && request.attempts > 0, "pieces and attempts");
    return Download(request).run();
}

}  // namespace base
