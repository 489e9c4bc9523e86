#include "apps/cli/writers.h"

#include <cstdlib>

#include "apps/cli/interrupt.h"
#include "script/writer/llm/llm_writer.h"

namespace apps {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

}  // namespace

base::Result<script::Written> write_from_prompt(const std::string& prompt,
                                                const script::WriteOptions& options,
                                                const std::string& writer) {
    script::LlmConfig config;
    config.url = variable("AOZORA_LLM_URL");
    config.model = variable("AOZORA_LLM_MODEL");
    config.key = variable("AOZORA_LLM_KEY");
    if (writer == "llm" && config.url.empty()) {
        return base::usage_error(
            "no endpoint is configured; set AOZORA_LLM_URL, AOZORA_LLM_MODEL and AOZORA_LLM_KEY",
            "--writer llm");
    }
    if (writer == "builtin" || config.url.empty()) return script::write_shot_list(prompt, options);
    auto written = script::write_with_llm(prompt, options, config, &interrupt_token());
    if (written.ok()) return written;
    auto fallback = script::write_shot_list(prompt, options);
    if (fallback.ok()) {
        fallback->report.replaced.push_back(
            {"the LLM writer", "the built-in writer", written.error().text()});
    }
    return fallback;
}

}  // namespace apps
