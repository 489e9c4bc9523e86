// The other writer of shot lists: a language model behind any server that speaks OpenAI's
// chat-completions protocol (OpenAI, llama.cpp, vLLM, Ollama, LM Studio ...).
//
// The answer is constrained by the shot list's schema where the server can do that, validated by
// the one validator, and sent back once with the list of mistakes if it has any. Whatever goes
// wrong is an Error; the caller then takes the built-in writer and says so in the report. The key
// is never logged and never part of an Error.
#pragma once

#include <string>
#include <string_view>

#include "base/core/result.h"
#include "base/signal/source.h"
#include "script/writer/write.h"

namespace script {

struct LlmConfig {
    std::string url;         // "https://api.openai.com/v1", or all of ".../chat/completions"
    std::string model;       // as the server calls it
    std::string key;         // may be empty (local servers)
    double timeout_s = 120;  // for each of at most three requests
};

// options.seconds, size, fps, seed and style are put into the list as they are asked for.
base::Result<Written> write_with_llm(std::string_view prompt, const WriteOptions& options,
                                     const LlmConfig& config,
                                     const base::CancelToken* cancel = nullptr);

}  // namespace script
