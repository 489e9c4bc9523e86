#include "studio/worker/client.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

#include "base/text/text.h"
#include "studio/worker/sha256.h"

namespace studio {
namespace {

using base::Json;
using Clock = std::chrono::steady_clock;

constexpr double kFirstWait_s = 0.25, kLongestWait_s = 8;
constexpr double kShort_s = 20, kTransfer_s = 3600;
constexpr double kRelease_s = 5;  // a worker that is told to end does not linger
constexpr int64_t kMostPartBytes = int64_t{8} << 30;

std::string job_path(const Claim& job, const std::string& what) {
    return "/internal/v1/jobs/" + std::to_string(job.id) + "/" + what;
}

std::string file_path(const Claim& job, const std::string& kind, const std::string& name) {
    return job_path(job, kind + "/" + name) + "?attempt=" + std::to_string(job.attempt);
}

// Names come from the server and become files: no folders, nothing hidden.
bool is_plain_name(const std::string& name) {
    return !name.empty() && name.size() <= 64 && name.front() != '.' &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-.") == std::string::npos;
}

// What the server says is wrong: OpenAI's envelope.
base::Error refusal(const base::HttpResponse& answer) {
    std::string message = "the server answered " + std::to_string(answer.status);
    if (const auto body = base::parse_json(answer.body, "answer"); body.ok()) {
        const Json& error =
            body->is_object() && body->contains("error") ? body->at("error") : *body;
        if (error.is_object() && error.contains("message") && error.at("message").is_string())
            message += ": " + error.at("message").get<std::string>();
    }
    return base::failed(message, answer.url);
}

base::Result<Json> json_of(const base::HttpResponse& answer) {
    if (!answer.ok()) return refusal(answer);
    Json body = TRY(base::parse_json(answer.body, "the server's answer"));
    if (!body.is_object()) return base::failed("the server's answer is no JSON object");
    return body;
}

bool worth_repeating(int status) { return status == 429 || status >= 500; }

void wait(double seconds, const base::CancelToken* cancel) {
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    while (Clock::now() < end && !(cancel != nullptr && cancel->cancelled()))
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
}

base::Result<Claim> read_claim(const Json& answer) {
    try {
        const Json& job = answer.at("job");
        Claim claim;
        claim.id = job.at("id").get<int64_t>();
        claim.attempt = job.at("attempt").get<int>();
        claim.kind = job.at("kind").get<std::string>();
        claim.payload = job.at("payload");
        if (job.contains("checkpoint") && !job.at("checkpoint").is_null())
            claim.checkpoint = job.at("checkpoint").dump();
        for (const Json& one : job.value("inputs", Json::array())) {
            ClaimedInput input{one.at("name").get<std::string>(), one.value("sha256", ""),
                               one.value("bytes", int64_t{0}), one.value("made_here", false)};
            if (!is_plain_name(input.name)) return base::failed("an input has no plain name");
            claim.inputs.push_back(std::move(input));
        }
        for (const Json& one : job.value("parts", Json::array())) {
            claim.parts.push_back(one.get<std::string>());
            if (!is_plain_name(claim.parts.back())) return base::failed("a part has no plain name");
        }
        claim.lease_s = std::max(1.0, answer.value("lease_s", 60.0));
        claim.heartbeat_s = std::clamp(answer.value("heartbeat_s", 10.0), 0.05, claim.lease_s);
        return claim;
    } catch (const Json::exception& error) {
        return base::failed(std::string("the server's answer to a claim: ") + error.what());
    }
}

}  // namespace

base::Result<DeskClient> DeskClient::create(const ClientOptions& options) {
    DeskClient client;
    client.options_ = options;
    if (base::starts_with(options.server, "unix:")) {
        client.socket_ = options.server.substr(5);
        client.base_url_ = "http://localhost";
        if (client.socket_.empty() || client.socket_.front() != '/')
            return base::usage_error("a socket is given as unix:/path", options.server);
        return client;
    }
    if (!base::starts_with(options.server, "http://") &&
        !base::starts_with(options.server, "https://")) {
        return base::usage_error("a server is given as https://HOST, http://HOST or unix:/path",
                                 base::url_without_secrets(options.server));
    }
    client.base_url_ = options.server;
    while (base::ends_with(client.base_url_, "/")) client.base_url_.pop_back();
    return client;
}

base::HttpRequest DeskClient::request(const std::string& method, const std::string& path) const {
    base::HttpRequest request;
    request.method = method;
    request.url = base_url_ + path;
    request.unix_socket = socket_;
    request.allow_private = true;  // the operator chose the server
    request.max_redirects = 0;
    request.timeout_s = kShort_s;
    request.headers = {{"Authorization", "Bearer " + options_.token}};
    return request;
}

base::Result<base::HttpResponse> DeskClient::exchange(const base::HttpRequest& request,
                                                      double retry_s) const {
    const auto give_up = Clock::now() + std::chrono::duration<double>(retry_s);
    for (double pause_s = kFirstWait_s;; pause_s = std::min(2 * pause_s, kLongestWait_s)) {
        auto answer = base::http_exchange(request);
        const bool lost_connection = !answer.ok() && answer.error().kind == base::ErrorKind::Failed;
        if (!lost_connection && !(answer.ok() && worth_repeating(answer->status))) return answer;
        if (Clock::now() + std::chrono::duration<double>(pause_s) > give_up) return answer;
        wait(pause_s, request.cancel);
        if (request.cancel != nullptr) TRY(request.cancel->check());
    }
}

base::Result<std::optional<Claim>> DeskClient::claim(double wait_s,
                                                     const base::CancelToken* cancel) const {
    base::HttpRequest ask = request("POST", "/internal/v1/jobs/claim");
    ask.headers.push_back({"Content-Type", "application/json"});
    ask.body =
        Json({{"worker", options_.worker},
              {"wait_s", wait_s},
              {"can",
               {{"engines", options_.engines}, {"models", options_.models}, {"max_pixels", 0}}},
              {"version", options_.version}})
            .dump();
    ask.timeout_s = wait_s + kShort_s;
    ask.cancel = cancel;
    const base::HttpResponse answer = TRY(base::http_exchange(ask));
    if (answer.status == 204) return std::optional<Claim>();
    if (answer.status == 401 || answer.status == 403)
        return base::usage_error(refusal(answer).message, answer.url);
    return std::optional<Claim>(TRY(read_claim(TRY(json_of(answer)))));
}

base::Result<Orders> DeskClient::heartbeat(const Claim& job, const Beat& beat) const {
    Json body = {{"attempt", job.attempt},
                 {"progress", beat.progress},
                 {"stage", beat.stage},
                 {"frame", beat.frame},
                 {"frames", beat.frames}};
    if (beat.checkpoint) body["checkpoint"] = TRY(base::parse_json(*beat.checkpoint, "checkpoint"));
    base::HttpRequest send = request("POST", job_path(job, "heartbeat"));
    send.headers.push_back({"Content-Type", "application/json"});
    send.body = body.dump();
    send.timeout_s = std::max(2.0, job.heartbeat_s);
    const base::HttpResponse answer = TRY(base::http_exchange(send));
    if (answer.status == 409 || answer.status == 404) return Orders::Lost;
    const Json said = TRY(json_of(answer));
    const std::string state = said.contains("state") && said.at("state").is_string()
                                  ? said.at("state").get<std::string>()
                                  : "";
    if (state == "cancel") return Orders::Cancel;
    if (state == "lost") return Orders::Lost;
    return Orders::Go;
}

// To a file beside the target first: an answer that breaks off leaves nothing.
base::Status DeskClient::download(const base::HttpRequest& ask, const std::string& path,
                                  int64_t most_bytes) const {
    const std::string temporary = path + ".part";
    base::Status done;
    const auto give_up = Clock::now() + std::chrono::duration<double>(options_.retry_s);
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
    base::HttpRequest ask = request("GET", file_path(job, "inputs", input.name));
    ask.timeout_s = kTransfer_s;
    ask.cancel = cancel;
    TRY(download(ask, path, input.bytes > 0 ? input.bytes : kMostPartBytes));
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
    return download(ask, path, kMostPartBytes);
}

base::Status DeskClient::put_preview(const Claim& job, const std::string& jpeg) const {
    base::HttpRequest send =
        request("PUT", job_path(job, "preview") + "?attempt=" + std::to_string(job.attempt));
    send.headers.push_back({"Content-Type", "image/jpeg"});
    send.body = jpeg;
    send.timeout_s = std::max(2.0, job.heartbeat_s);
    const base::HttpResponse answer = TRY(base::http_exchange(send));
    if (!answer.ok()) return refusal(answer);
    return {};
}

base::Result<Fence> DeskClient::put_part(const Claim& job, const std::string& name,
                                         const std::string& path,
                                         const base::CancelToken* cancel) const {
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

base::Result<Fence> DeskClient::post(const Claim& job, const std::string& what, Json body,
                                     double retry_s) const {
    base::HttpRequest send = request("POST", job_path(job, what));
    send.headers.push_back({"Content-Type", "application/json"});
    body["attempt"] = job.attempt;
    send.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    const base::HttpResponse answer = TRY(exchange(send, retry_s));
    if (answer.status == 409 || answer.status == 404) return Fence::Lost;
    if (!answer.ok()) return refusal(answer);
    return Fence::Ours;
}

base::Result<Fence> DeskClient::complete(const Claim& job,
                                         const std::map<std::string, std::string>& outputs,
                                         const Json& result) const {
    return post(job, "complete", {{"outputs", outputs}, {"result", result}}, options_.retry_s);
}

base::Result<Fence> DeskClient::fail(const Claim& job, bool permanent, const std::string& code,
                                     const std::string& message) const {
    const Json body = {
        {"class", permanent ? "permanent" : "retryable"}, {"code", code}, {"message", message}};
    return post(job, "fail", body, options_.retry_s);
}

base::Result<Fence> DeskClient::cancelled(const Claim& job) const {
    return post(job, "cancelled", Json::object(), options_.retry_s);
}

base::Result<Fence> DeskClient::release(const Claim& job) const {
    return post(job, "release", Json::object(), std::min(kRelease_s, options_.retry_s));
}

}  // namespace studio
