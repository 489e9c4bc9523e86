// Materials, colours and sizes as adjectives say them. Lower-case words, several words joined by
// ' ' or '_'. The canonical names are those of names.md (world/materials has the figures).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace script {

struct MaterialWord {
    std::string_view material;  // canonical
    bool loose = false;         // a near thing: "titanium" -> steel, reported as replaced
    std::string_view colour;    // said by the word as well: "emerald" -> green; "" otherwise
};

// "wood", "wooden", "metal", "metallic", "glassy", "marble" is NOT here (a marble is a toy; the
// stone is "marble_stone", said "made of marble" or "marble statue": the parser decides).
std::optional<MaterialWord> find_material(std::string_view word);
// Colour word as the renderer knows it ("dark blue" -> "darkblue", "#FF8800" -> "#ff8800").
std::optional<std::string> find_colour(std::string_view words);
// The sRGB of a colour word or "#rrggbb" in 0..255; nullopt for an unknown one.
struct Rgb {
    int red, green, blue;
};
std::optional<Rgb> colour_rgb(std::string_view colour);
// "tiny" -> 0.35 times the usual size, "giant" -> 3.5.
std::optional<double> find_size_word(std::string_view word);

const std::vector<std::string_view>& material_names();
std::vector<std::pair<std::string, std::string>> all_material_words();
std::vector<std::pair<std::string, std::string>> all_colour_words();  // word, "#rrggbb"
std::vector<std::pair<std::string, double>> all_size_words();

}  // namespace script
