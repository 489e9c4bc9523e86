// The chat-completions protocol, as much of it as a writer needs. For llm_writer.cc.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/json/json.h"
#include "base/signal/source.h"
#include "script/writer/llm/llm_writer.h"

namespace script {

struct ChatMessage {
    std::string role, content;
};

class Chat {
public:
    // `schema` is sent as response_format json_schema; a server that refuses it is asked for plain
    // JSON from then on.
    Chat(const LlmConfig& config, base::Json schema, uint64_t seed,
         const base::CancelToken* cancel);

    // The text of the model's answer to these messages.
    base::Result<std::string> ask(const std::vector<ChatMessage>& messages);

private:
    base::Result<std::string> exchange(const std::vector<ChatMessage>& messages, bool& no_schema);
    base::Error refused(int status, const std::string& body) const;
    std::string without_key(std::string text) const;

    const LlmConfig& config_;
    std::string url_;
    base::Json schema_;
    uint64_t seed_;
    const base::CancelToken* cancel_;
    bool plain_json_ = false;
};

// The JSON object in a model's answer: without code fences and chatter around it; "" for none.
std::string json_in(std::string_view answer);

}  // namespace script
