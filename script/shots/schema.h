// The JSON Schema (draft 2020-12) of the shot list, made from the same description as its reader
// (script/shots/fields.h). docs/formats/shots.schema.json is this text; a test compares them.
#pragma once

#include <string>

#include "base/json/json.h"

namespace script {

base::Json shot_list_schema();
std::string shot_list_schema_text();

// For language models: every closed list of words is spelt out, every member is required and null
// stands for "left out", as OpenAI's strict structured output wants it.
base::Json shot_list_schema_for_models();

}  // namespace script
