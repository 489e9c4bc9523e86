// The shot list as JSON (schema "aozora-shots/1", docs/formats/shots.schema.json).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "base/json/json.h"
#include "script/shots/shot_list.h"
#include "script/shots/validate.h"

namespace script {

constexpr std::string_view kShotListSchema = "aozora-shots/1";

// What a reader would take for granted is left out.
base::Json to_json(const ShotList& list);
// The same as text that people edit: two spaces of indentation, a final newline.
std::string to_json_text(const ShotList& list);

// Structure only: types, names of members, words of enumerations. What could be read is in the
// list, what could not is among the problems. An Error only when the text is no JSON object.
struct ReadShotList {
    ShotList list;
    std::vector<Problem> problems;
};
base::Result<ReadShotList> read_shot_list(std::string_view text, std::string_view name);

// A list that can be filmed (read and validated), or an Error (Usage) that names the first problem
// with its fix, `where` = "NAME:line:column /json/pointer", and how many more there are.
base::Result<ShotList> parse_shot_list(std::string_view text, std::string_view name);

}  // namespace script
