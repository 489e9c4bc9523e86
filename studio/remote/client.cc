#include "studio/remote/client.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <thread>

#include "base/json/json.h"
#include "base/net/http_client.h"
#include "base/text/text.h"
#include "media/atomic_file.h"
#include "studio/remote/form.h"

namespace studio {
namespace {

using base::Error;
using base::ErrorKind;
using base::HttpRequest;
using base::HttpResponse;
using base::Json;
using base::Result;
using base::Status;
using Clock = std::chrono::steady_clock;

constexpr int64_t kMostAnswerBytes = 4 << 20;
constexpr int kMostTries = 6;
constexpr size_t kMostIdBytes = 512;

// Printable and short enough for a message.
std::string excerpt(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 300)) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    while (!out.empty() && !base::is_valid_utf8(out)) out.pop_back();
    return std::string(base::trim(out));
}

std::string text_of(const Json& object, const char* key) {
    if (!object.is_object() || !object.contains(key)) return "";
    const Json& value = object[key];
    if (value.is_string()) return value.get<std::string>();
    return value.is_number() ? value.dump() : "";
}

// "message (code)" of {"error": {...}}, {"error": "..."}, {"detail": ...}; "" when there is none.
std::string message_in(const Json& json) {
    if (!json.is_object()) return "";
    for (const char* key : {"error", "detail", "message"}) {
        if (!json.contains(key) || json[key].is_null()) continue;
        const Json& error = json[key];
        if (error.is_string()) return excerpt(error.get<std::string>());
        if (!error.is_object()) return excerpt(error.dump());
        const std::string message = text_of(error, "message"), code = text_of(error, "code");
        if (message.empty()) return excerpt(error.dump());
        return excerpt(message) + (code.empty() ? "" : " (" + excerpt(code) + ")");
    }
    return "";
}

// Everything but unreserved characters (RFC 3986) as %XX: ids of gateways carry '=' and ':'.
std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x80 && std::isalnum(byte)) || c == '-' || c == '_' || c == '.' || c == '~') {
            out += c;
        } else {
            constexpr char kHex[] = "0123456789ABCDEF";
            out += {'%', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return out;
}

std::string videos_url(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url.ends_with("/videos") ? url : url + "/videos";
}

// A header that holds a number; empty when it does not.
std::optional<double> number_in(const HttpResponse& response, std::string_view name) {
    const std::string* text = response.header(name);
    if (text == nullptr) return {};
    double value = 0;
    const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (code != std::errc{} || end != text->data() + text->size() || !std::isfinite(value))
        return {};
    return value;
}

bool worth_repeating(int status) {
    return status == 408 || status == 409 || status == 429 || status >= 500;
}

class Client {
public:
    Client(const RemoteServer& server, const std::function<void(const RemoteProgress&)>& progress,
           const base::CancelToken* cancel)
        : server_(server),
          videos_(videos_url(server.url)),
          progress_(progress),
          cancel_(cancel),
          until_(Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                    std::chrono::duration<double>(server.patience_s))) {}

    Result<RemoteFilm> make(const RemoteRequest& request, const std::string& path, bool overwrite) {
        // Finds out before the server works whether the film can be kept; the probe vanishes.
        TRY(media::AtomicFile::create(path, overwrite));
        tell(RemoteProgress::Step::Sending, 0);
        const Json video = TRY(create(request));
        id_ = text_of(video, "id");
        if (id_.empty() || id_.size() > kMostIdBytes)
            return base::failed("the server's answer has no id of a video", where());
        Result<RemoteFilm> film = wait_and_fetch(video, path, overwrite);
        if (!film.ok() && film.error().kind == ErrorKind::Cancelled) remove();
        return film;
    }

private:
    Result<RemoteFilm> wait_and_fetch(Json video, const std::string& path, bool overwrite) {
        video = TRY(wait(std::move(video)));
        RemoteFilm film{id_, text_of(video, "model"), text_of(video, "seconds"),
                        text_of(video, "size"), 0};
        film.bytes = TRY(fetch(path, overwrite));
        return film;
    }

    void tell(RemoteProgress::Step step, double fraction) const {
        if (progress_) progress_({step, std::clamp(fraction, 0.0, 1.0), id_});
    }
    std::string where() const { return base::url_without_secrets(videos_); }

    std::string without_key(std::string text) const {
        if (server_.key.empty()) return text;
        for (size_t at = 0; (at = text.find(server_.key, at)) != std::string::npos;)
            text.replace(at, server_.key.size(), "[key]");
        return text;
    }

    HttpRequest request_to(const std::string& method, const std::string& path) const {
        HttpRequest request;
        request.method = method;
        request.url = videos_ + path;
        request.headers = {{"Accept", "application/json"}};
        if (!server_.key.empty())
            request.headers.push_back({"Authorization", "Bearer " + server_.key});
        request.max_body_bytes = kMostAnswerBytes;
        request.allow_private = true;  // the user chose it; most servers of models are near
        request.cancel = cancel_;
        return request;
    }

    Error refused(const HttpResponse& response) const {
        const auto json = base::parse_json(response.body, "answer");
        std::string message = json.ok() ? message_in(*json) : "";
        if (message.empty()) message = excerpt(response.body);
        message = without_key(std::move(message));
        if (message.empty()) message = "no reason given";
        const int status = response.status;
        const bool wrong = status == 400 || status == 404 || status == 422;
        const std::string hint =
            status == 401 || status == 403 ? "; check the key of this server" : "";
        return {wrong ? ErrorKind::Usage : ErrorKind::Failed,
                "the server answers " + std::to_string(status) + ": " + message + hint, where()};
    }

    Error impatience() const {
        const std::string limit = std::to_string(std::llround(server_.patience_s)) + " s";
        if (id_.empty()) return base::failed("the server was busy for " + limit, where());
        return base::failed(
            "the film was not ready within " + limit + "; it may still become ready as " + id_,
            where());
    }

    // Sleeps in small pieces, so that a cancel is not kept waiting.
    Status pause(double seconds) const {
        const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                            std::chrono::duration<double>(seconds));
        while (Clock::now() < end) {
            if (cancel_ != nullptr) TRY(cancel_->check());
            if (Clock::now() > until_) return impatience();
            std::this_thread::sleep_for(
                std::min<Clock::duration>(std::chrono::milliseconds(20), end - Clock::now()));
        }
        return {};
    }

    // How long before the next try; what the server asks for is obeyed up to a minute.
    double pause_after(const HttpResponse* response, int tries) const {
        if (response != nullptr) {
            if (const auto ms = number_in(*response, "retry-after-ms"))
                return std::clamp(*ms / 1000, 0.0, 60.0);
            if (const auto s = number_in(*response, "retry-after"))
                return std::clamp(*s, 0.0, 60.0);
        }
        return std::min(8.0, server_.first_pause_s * std::exp2(tries));
    }

    // The exchange, repeated while answers are lost or the server is busy. `lost_too`: also when it
    // is not known whether the server got the request.
    Result<HttpResponse> exchange(const HttpRequest& request, bool lost_too) const {
        for (int tries = 0;; ++tries) {
            auto response = base::http_exchange(request);
            const bool last = tries + 1 >= kMostTries;
            if (!response.ok()) {
                Error error = response.error();
                error.message = without_key(error.message);
                if (error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::Usage ||
                    !lost_too || last) {
                    return error;
                }
                TRY(pause(pause_after(nullptr, tries)));
                continue;
            }
            const bool again =
                lost_too ? worth_repeating(response->status) : response->status == 429;
            if (!again || last) return response;
            TRY(pause(pause_after(&*response, tries)));
        }
    }

    // The video in an answer; notes when the server wants to be asked next.
    Result<Json> video_of(const HttpResponse& response) {
        if (!response.ok()) return refused(response);
        const auto ms = number_in(response, "openai-poll-after-ms");
        look_again_s_ = ms ? std::clamp(*ms / 1000, 0.02, 60.0) : 1.0;
        auto json = base::parse_json(response.body, "answer of the server");
        if (!json.ok() || !json->is_object())
            return base::failed("the server's answer is no JSON object", where());
        return json;
    }

    Result<Json> create(const RemoteRequest& wanted) {
        const std::pair<const char*, const std::string*> fields[] = {{"model", &wanted.model},
                                                                     {"prompt", &wanted.prompt},
                                                                     {"seconds", &wanted.seconds},
                                                                     {"size", &wanted.size}};
        HttpRequest request = request_to("POST", "");
        request.timeout_s = 300;  // the picture may be large, the line slow
        Form form;
        Json plain = Json::object();
        for (const auto& [name, value] : fields) {
            if (value->empty()) continue;
            form.text(name, *value);
            plain[name] = *value;
        }
        if (wanted.picture) {
            const std::string ending =
                wanted.picture->type.substr(wanted.picture->type.find('/') + 1);
            form.file("input_reference", "picture." + ending, wanted.picture->type,
                      wanted.picture->bytes);
        }
        request.body = form.body();
        request.headers.push_back({"Content-Type", form.content_type()});
        HttpResponse response = TRY(exchange(request, false));
        const bool refuses =
            response.status == 400 || response.status == 415 || response.status == 422;
        if (refuses && !wanted.picture) {
            // Some servers take a form only together with a file.
            request.headers.back().value = "application/json";
            request.body = plain.dump(-1, ' ', false, Json::error_handler_t::replace);
            const HttpResponse second = TRY(exchange(request, false));
            if (second.ok()) response = second;
        }
        return video_of(response);
    }

    Result<Json> wait(Json video) {
        HttpRequest request = request_to("GET", "/" + percent_encoded(id_));
        for (;;) {
            const std::string status = text_of(video, "status");
            if (status == "completed" || status == "succeeded") return video;
            for (const char* end : {"failed", "cancelled", "canceled", "expired", "deleted"}) {
                if (status != end) continue;
                const std::string reason = without_key(message_in(video));
                return base::failed(
                    "the server could not make the film: " + (reason.empty() ? status : reason),
                    where() + "/" + excerpt(id_));
            }
            if (status.empty()) return base::failed("the video has no status", where());
            double percent = 0;
            if (video.contains("progress") && video["progress"].is_number())
                percent = video["progress"].get<double>();
            tell(status == "queued" ? RemoteProgress::Step::Waiting : RemoteProgress::Step::Working,
                 std::isfinite(percent) ? percent / 100 : 0);
            TRY(pause(look_again_s_));
            video = TRY(video_of(TRY(exchange(request, true))));
        }
    }

    Result<int64_t> fetch(const std::string& path, bool overwrite) const {
        HttpRequest request = request_to("GET", "/" + percent_encoded(id_) + "/content");
        request.headers.front().value = "application/binary";
        request.max_body_bytes = server_.most_bytes;
        request.timeout_s = 3600;
        for (int tries = 0;; ++tries) {
            media::AtomicFile file = TRY(media::AtomicFile::create(path, overwrite));
            tell(RemoteProgress::Step::Fetching, 0);
            std::optional<Error> disk;  // our own trouble is not the network's
            request.on_body = [&](std::string_view piece) -> Status {
                Status written = file.append(piece);
                if (!written.ok()) disk = written.error();
                return written;
            };
            auto response = base::http_exchange(request);
            if (disk) return *disk;
            const bool last = tries + 1 >= kMostTries;
            if (!response.ok()) {
                if (response.error().kind == ErrorKind::Cancelled || last) return response.error();
                TRY(pause(pause_after(nullptr, tries)));
                continue;
            }
            if (!response->ok()) {
                // Some servers call a video completed a moment before it lies there.
                if ((response->status == 404 || worth_repeating(response->status)) && !last) {
                    TRY(pause(pause_after(&*response, tries)));
                    continue;
                }
                return refused(*response);
            }
            const std::string* type = response->header("content-type");
            const int64_t bytes = TRY(file.size());
            if (bytes == 0 || (type != nullptr && (base::starts_with(*type, "application/json") ||
                                                   base::starts_with(*type, "text/")))) {
                return base::failed("the server sent no film",
                                    base::url_without_secrets(request.url));
            }
            TRY(file.commit());
            tell(RemoteProgress::Step::Fetching, 1);
            return bytes;
        }
    }

    // A last wish: not repeated, not waited for long, its failure not told.
    void remove() const {
        HttpRequest request = request_to("DELETE", "/" + percent_encoded(id_));
        request.cancel = nullptr;
        request.timeout_s = 5;
        request.connect_timeout_s = 2;
        (void)base::http_exchange(request);
    }

    const RemoteServer& server_;
    std::string videos_;
    const std::function<void(const RemoteProgress&)>& progress_;
    const base::CancelToken* cancel_;
    Clock::time_point until_;
    double look_again_s_ = 1;
    std::string id_;
};

}  // namespace

Result<RemoteFilm> make_remote_film(const RemoteServer& server, const RemoteRequest& request,
                                    const std::string& path, bool overwrite,
                                    const std::function<void(const RemoteProgress&)>& progress,
                                    const base::CancelToken* cancel) {
    if (base::trim(request.prompt).empty()) return base::usage_error("a film needs some words");
    return Client(server, progress, cancel).make(request, path, overwrite);
}

}  // namespace studio
