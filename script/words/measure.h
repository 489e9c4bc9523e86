// Numbers, counts and units of measure, as words. No parsing of phrases here (script/prompt).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace script {

enum class Quantity { Length, Mass, Speed, Angle, Time, Percent };

struct Unit {
    Quantity quantity;
    double si;  // multiply by this for m, kg, m/s, degrees, s, 1
};

// "metres", "ft", "km/h", "kg", "degrees", "seconds". Per-second phrases ("metres per second")
// are put together by the parser from Length and Time.
std::optional<Unit> find_unit(std::string_view word);
// "seven" -> 7, "twenty" -> 20, "half" -> 0.5; "hundred" and "thousand" are multipliers (100,
// 1000).
std::optional<double> find_number_word(std::string_view word);
// Vague amounts: "few" -> 3, "several" -> 5, "dozens" -> 30.
std::optional<int> find_count_word(std::string_view word);
// "first" -> 1 ... "tenth" -> 10.
std::optional<int> find_ordinal(std::string_view word);
// "once" -> 1, "twice" -> 2, "thrice" -> 3.
std::optional<int> find_times_word(std::string_view word);

std::vector<std::pair<std::string, int>> all_count_words();
std::vector<std::pair<std::string, Quantity>> all_units();

}  // namespace script
