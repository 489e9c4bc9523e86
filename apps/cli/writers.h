// Which writer turns a prompt into a shot list: the built-in one, or an LLM when configured, with
// the built-in one to fall back upon (and the report says so).
#pragma once

#include <string>

#include "base/core/result.h"
#include "script/writer/write.h"

namespace apps {

// writer: "", "builtin", "llm". The endpoint comes from AOZORA_LLM_URL, AOZORA_LLM_MODEL,
// AOZORA_LLM_KEY; "" uses it when it is set.
base::Result<script::Written> write_from_prompt(const std::string& prompt,
                                                const script::WriteOptions& options,
                                                const std::string& writer);

}  // namespace apps
