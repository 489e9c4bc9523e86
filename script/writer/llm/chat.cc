#include "script/writer/llm/chat.h"

#include "base/net/http_client.h"
#include "base/text/text.h"

namespace script {
namespace {

constexpr int64_t kMaxAnswerBytes = 4 << 20;
constexpr std::string_view kPath = "/chat/completions";

std::string endpoint(const std::string& url) {
    std::string out = url;
    while (out.ends_with('/')) out.pop_back();
    return out.ends_with(kPath) ? out : out + std::string(kPath);
}

// Printable and short enough for a message.
std::string excerpt(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 200)) {
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    while (!out.empty() && !base::is_valid_utf8(out)) out.pop_back();
    return out;
}

// OpenAI: {"error": {"message": ...}}; others: {"error": "..."} or plain text.
std::string reason_in(const std::string& body) {
    const auto json = base::parse_json(body, "answer");
    if (!json.ok() || !json->is_object() || !json->contains("error")) return excerpt(body);
    const base::Json& error = (*json)["error"];
    if (error.is_string()) return excerpt(error.get<std::string>());
    if (error.is_object() && error.contains("message") && error["message"].is_string()) {
        return excerpt(error["message"].get<std::string>());
    }
    return excerpt(body);
}

}  // namespace

Chat::Chat(const LlmConfig& config, base::Json schema, uint64_t seed,
           const base::CancelToken* cancel)
    : config_(config),
      url_(endpoint(config.url)),
      schema_(std::move(schema)),
      seed_(seed),
      cancel_(cancel) {}

base::Result<std::string> Chat::ask(const std::vector<ChatMessage>& messages) {
    bool no_schema = false;
    auto answer = exchange(messages, no_schema);
    if (!answer.ok() && no_schema && !plain_json_) {
        plain_json_ = true;
        return exchange(messages, no_schema);
    }
    return answer;
}

base::Result<std::string> Chat::exchange(const std::vector<ChatMessage>& messages,
                                         bool& no_schema) {
    base::Json body;
    body["model"] = config_.model;
    body["seed"] = seed_ & 0x7fffffff;  // servers keep it in an int
    body["messages"] = base::Json::array();
    for (const ChatMessage& message : messages) {
        body["messages"].push_back({{"role", message.role}, {"content", message.content}});
    }
    if (plain_json_) {
        body["response_format"] = {{"type", "json_object"}};
    } else {
        body["response_format"] = {
            {"type", "json_schema"},
            {"json_schema", {{"name", "film"}, {"strict", true}, {"schema", schema_}}}};
    }

    base::HttpRequest request;
    request.method = "POST";
    request.url = url_;
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    if (!config_.key.empty()) {
        request.headers.push_back({"Authorization", "Bearer " + config_.key});
    }
    request.body = body.dump(-1, ' ', false, base::Json::error_handler_t::replace);
    request.timeout_s = config_.timeout_s;
    request.max_body_bytes = kMaxAnswerBytes;
    request.allow_private = true;  // the operator chose it; most local models live on localhost
    request.cancel = cancel_;
    auto response = base::http_exchange(request);
    if (!response.ok()) {
        base::Error error = response.error();
        error.message = "language model: " + without_key(error.message);
        return error;
    }
    if (!response->ok()) {
        const std::string lower = base::to_lower_ascii(response->body);
        no_schema = response->status >= 400 && response->status < 500 &&
                    (lower.find("response_format") != std::string::npos ||
                     lower.find("schema") != std::string::npos);
        return refused(response->status, response->body);
    }
    const auto json = base::parse_json(response->body, "answer of the language model");
    if (!json.ok()) return base::failed(without_key("language model: " + json.error().message));
    const base::Json* choice = nullptr;
    if (json->is_object() && json->contains("choices") && (*json)["choices"].is_array() &&
        !(*json)["choices"].empty()) {
        choice = &(*json)["choices"][0];
    }
    if (!choice || !choice->is_object() || !choice->contains("message") ||
        !(*choice)["message"].is_object()) {
        return base::failed("language model: the answer has no message");
    }
    const base::Json& message = (*choice)["message"];
    if (message.contains("refusal") && message["refusal"].is_string()) {
        return base::failed("language model: it refuses: " +
                            excerpt(message["refusal"].get<std::string>()));
    }
    if (!message.contains("content") || !message["content"].is_string()) {
        return base::failed("language model: the answer has no text");
    }
    if (choice->contains("finish_reason") && (*choice)["finish_reason"] == "length") {
        return base::failed("language model: the answer was cut off; raise the server's limit");
    }
    return message["content"].get<std::string>();
}

base::Error Chat::refused(int status, const std::string& body) const {
    const std::string where = base::url_without_secrets(url_);
    const std::string reason = without_key(reason_in(body));
    if (status == 401 || status == 403) {
        return base::failed("language model: the server refuses the key", where);
    }
    if (status == 404) {
        return base::failed(
            "language model: no such address or model \"" + config_.model + "\": " + reason, where);
    }
    if (status == 429) return base::failed("language model: too many requests or no quota", where);
    return base::failed(
        "language model: the server answers " + std::to_string(status) + ": " + reason, where);
}

std::string Chat::without_key(std::string text) const {
    if (config_.key.empty()) return text;
    constexpr std::string_view kMark = "[key]";
    for (size_t at = 0; (at = text.find(config_.key, at)) != std::string::npos;) {
        text.replace(at, config_.key.size(), kMark);
        at += kMark.size();
    }
    return text;
}

std::string json_in(std::string_view answer) {
    const size_t first = answer.find('{'), last = answer.rfind('}');
    if (first == std::string_view::npos || last == std::string_view::npos || last < first)
        return "";
    return std::string(answer.substr(first, last - first + 1));
}

}  // namespace script
