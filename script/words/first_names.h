// First names that are common in English prompts, so that John is a man and not a can.
#pragma once

#include <optional>
#include <string_view>

namespace script {

// "female", "male", or "" for names of both; nullopt for a word that is no name. Lower case.
std::optional<std::string_view> sex_of_first_name(std::string_view word);

}  // namespace script
