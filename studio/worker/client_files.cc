// Files from the server and to it; to its bucket past it, where it has one.
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "base/core/log.h"
#include "studio/worker/client_calls.h"
#include "studio/worker/sha256.h"

namespace studio {
namespace {

using base::Json;
using Clock = std::chrono::steady_clock;

constexpr int64_t kMostPartBytes = int64_t{8} << 30;
// Three calls and a copy are more trouble than the way through the server for less.
constexpr int64_t kPastServerFrom = 64 << 10;
constexpr double kPastServer_s = 5;  // the other way is there
constexpr auto kAfterTrouble = std::chrono::minutes(10);
constexpr double kStall_s = 60;

int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch())
        .count();
}

}  // namespace

bool DeskClient::goes_past_server() const { return now_ms() >= *past_server_from_ms_; }

void DeskClient::through_server_only(const std::string& why) const {
    base::log_warning("files go through the server for a while: " + why);
    *past_server_from_ms_ =
        now_ms() + std::chrono::duration_cast<std::chrono::milliseconds>(kAfterTrouble).count();
}

// Without our token: the address is its own permission.
base::HttpRequest DeskClient::past_server(const std::string& method, const std::string& url,
                                          const base::CancelToken* cancel) {
    base::HttpRequest request;
    request.method = method;
    request.url = url;
    request.allow_private = true;  // the server's operator chose the bucket
    request.max_redirects = 0;
    request.timeout_s = kTransfer_s;
    request.stall_timeout_s = kStall_s;
    request.cancel = cancel;
    return request;
}

base::Result<std::optional<Fence>> DeskClient::put_past_server(
    const Claim& job, const std::string& kind, const std::string& name, const std::string& path,
    const std::string& known_sha256, const base::CancelToken* cancel) const {
    constexpr auto kOtherWay = std::optional<Fence>();
    std::error_code error;
    const auto bytes = static_cast<int64_t>(std::filesystem::file_size(path, error));
    if (error || bytes < kPastServerFrom || !goes_past_server()) return kOtherWay;
    const std::string sha256 = known_sha256.empty() ? TRY(sha256_of_file(path)) : known_sha256;

    Json body = {{"attempt", job.attempt}, {"sha256", sha256}, {"bytes", bytes}};
    const auto call = [&](const std::string& what, double timeout_s) {
        base::HttpRequest ask = request("POST", job_path(job, what));
        ask.headers.push_back({"Content-Type", "application/json"});
        ask.body = body.dump();
        ask.timeout_s = timeout_s;
        ask.cancel = cancel;
        return exchange(ask, kPastServer_s);
    };
    const auto asked = call("uploads", kShort_s);
    if (asked.ok() && asked->status == 409) return std::optional<Fence>(Fence::Lost);
    const auto place = asked.ok() ? json_of(*asked) : base::Result<Json>(asked.error());
    if (!place.ok()) {
        through_server_only(place.error().text());
        return kOtherWay;
    }
    if (!place->contains("url") || !place->at("url").is_string() || !place->contains("upload") ||
        !place->at("upload").is_string() || !is_plain_name(place->at("upload")))
        return kOtherWay;

    base::HttpRequest send = past_server("PUT", place->at("url"), cancel);
    send.body_file = path;
    const auto sent = exchange(send, kPastServer_s);
    if (!sent.ok() || !sent->ok()) {
        through_server_only(sent.ok() ? "the bucket answered " + std::to_string(sent->status)
                                      : sent.error().text());
        return kOtherWay;
    }
    body["kind"] = kind;
    body["name"] = name;
    const auto taken = call("uploads/" + place->at("upload").get<std::string>(), kTransfer_s);
    if (taken.ok() && taken->status == 409) return std::optional<Fence>(Fence::Lost);
    const auto said = taken.ok() ? json_of(*taken) : base::Result<Json>(taken.error());
    if (said.ok() && said->value("sha256", Json()) == Json(sha256))
        return std::optional<Fence>(Fence::Ours);
    through_server_only(said.ok() ? "another answer than was expected" : said.error().text());
    return kOtherWay;
}

// To a file beside the target first: an answer that breaks off leaves nothing.
base::Status DeskClient::download(const base::HttpRequest& ask, const std::string& path,
                                  int64_t most_bytes, double retry_s) const {
    const std::string temporary = path + ".part";
    base::Status done;
    const auto give_up = Clock::now() + std::chrono::duration<double>(retry_s);
    for (double pause_s = kFirstWait_s;; pause_s = std::min(2 * pause_s, kLongestWait_s)) {
        std::FILE* file = std::fopen(temporary.c_str(), "wbe");
        if (file == nullptr) return base::failed("cannot write an input", path);
        bool disk_full = false;
        base::HttpRequest once = ask;
        once.max_body_bytes = most_bytes;
        once.on_body = [&](std::string_view piece) -> base::Status {
            if (std::fwrite(piece.data(), 1, piece.size(), file) == piece.size()) return {};
            disk_full = true;
            return base::failed("cannot write an input: the disk is full");
        };
        const auto answer = base::http_exchange(once);
        const bool closed = std::fclose(file) == 0;
        if (answer.ok() && answer->ok() && closed) {
            if (std::rename(temporary.c_str(), path.c_str()) != 0)
                return base::failed("cannot write an input", path);
            return {};
        }
        std::remove(temporary.c_str());
        if (!answer.ok()) done = answer.error();
        else if (!answer->ok()) done = refusal(*answer);
        else done = base::failed("cannot write an input: the disk is full");
        const bool again = !disk_full && closed &&
                           (answer.ok() ? worth_repeating(answer->status)
                                        : answer.error().kind == base::ErrorKind::Failed);
        if (!again || Clock::now() + std::chrono::duration<double>(pause_s) > give_up) return done;
        wait(pause_s, ask.cancel);
        if (ask.cancel != nullptr) TRY(ask.cancel->check());
    }
}

base::Status DeskClient::fetch(const Claim& job, const ClaimedInput& input, const std::string& path,
                               const base::CancelToken* cancel) const {
    const int64_t most_bytes = input.bytes > 0 ? input.bytes : kMostPartBytes;
    if (!input.url.empty() && !input.sha256.empty() && goes_past_server()) {
        const base::Status came =
            download(past_server("GET", input.url, cancel), path, most_bytes, kPastServer_s);
        if (came.ok() && TRY(sha256_of_file(path)) == input.sha256) return {};
        through_server_only(came.ok() ? "an input came damaged" : came.error().text());
    }
    base::HttpRequest ask = request("GET", file_path(job, "inputs", input.name));
    ask.timeout_s = kTransfer_s;
    ask.cancel = cancel;
    TRY(download(ask, path, most_bytes, options_.retry_s));
    if (input.sha256.empty()) return {};
    if (TRY(sha256_of_file(path)) != input.sha256)
        return base::failed("the input \"" + input.name + "\" arrived damaged");
    return {};
}

base::Status DeskClient::fetch_part(const Claim& job, const std::string& name,
                                    const std::string& path,
                                    const base::CancelToken* cancel) const {
    base::HttpRequest ask = request("GET", file_path(job, "inputs", name));
    ask.timeout_s = kTransfer_s;
    ask.cancel = cancel;
    return download(ask, path, kMostPartBytes, options_.retry_s);
}

base::Result<Fence> DeskClient::put_part(const Claim& job, const std::string& name,
                                         const std::string& path,
                                         const base::CancelToken* cancel) const {
    if (const auto fence = TRY(put_past_server(job, "part", name, path, {}, cancel))) return *fence;
    base::HttpRequest send = request("PUT", file_path(job, "parts", name));
    send.body_file = path;
    send.timeout_s = kTransfer_s;
    send.cancel = cancel;
    const base::HttpResponse answer = TRY(exchange(send, options_.retry_s));
    if (answer.status == 409) return Fence::Lost;
    if (!answer.ok()) return refusal(answer);
    return Fence::Ours;
}

base::Result<std::optional<std::string>> DeskClient::put_output(
    const Claim& job, const std::string& name, const std::string& path,
    const base::CancelToken* cancel) const {
    const std::string sha256 = TRY(sha256_of_file(path));
    if (const auto fence = TRY(put_past_server(job, "output", name, path, sha256, cancel))) {
        return *fence == Fence::Ours ? std::optional<std::string>(sha256)
                                     : std::optional<std::string>();
    }
    base::HttpRequest send = request("PUT", file_path(job, "outputs", name));
    send.body_file = path;
    send.timeout_s = kTransfer_s;
    send.cancel = cancel;
    const base::HttpResponse answer = TRY(exchange(send, options_.retry_s));
    if (answer.status == 409) return std::optional<std::string>();
    const Json said = TRY(json_of(answer));
    if (said.value("sha256", Json()) != Json(sha256))
        return base::failed("the output \"" + name + "\" did not arrive whole");
    return std::optional<std::string>(sha256);
}

}  // namespace studio
