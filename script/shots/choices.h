// The words for the enumerations of the shot list, the same in JSON, Fountain notes and messages.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "script/shots/shot_list.h"

namespace script {

template <typename E>
struct Choice {
    E value;
    std::string_view word;
};

// All words of an enumeration, in its order; the "unset" value has the word "".
std::span<const Choice<Style>> choices(Style);
std::span<const Choice<TimeOfDay>> choices(TimeOfDay);
std::span<const Choice<Weather>> choices(Weather);
std::span<const Choice<Framing>> choices(Framing);
std::span<const Choice<CameraMove>> choices(CameraMove);
std::span<const Choice<Arrangement>> choices(Arrangement);

template <typename E>
std::string_view word_of(E value) {
    for (const auto& choice : choices(E{})) {
        if (choice.value == value) return choice.word;
    }
    return {};
}

template <typename E>
std::optional<E> choice_of(std::string_view word) {
    for (const auto& choice : choices(E{})) {
        if (choice.word == word && !word.empty()) return choice.value;
    }
    return std::nullopt;
}

}  // namespace script
