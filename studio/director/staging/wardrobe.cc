#include "studio/director/staging/wardrobe.h"

#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <vector>

#include "studio/director/staging/cast.h"

namespace studio {
namespace {

enum class Where { Outfit, Top, Bottom, Shoes };

struct Garment {
    std::string_view word, outfit;  // outfit "" = only colours what is worn anyway
    Where where;
};

// Outfits are those of render/figure/garments.cc.
constexpr std::array kGarments = {
    Garment{"dress", "dress", Where::Outfit},
    Garment{"gown", "dress", Where::Outfit},
    Garment{"skirt", "dress", Where::Outfit},
    Garment{"suit", "suit", Where::Outfit},
    Garment{"tuxedo", "suit", Where::Outfit},
    Garment{"blazer", "suit", Where::Top},
    Garment{"coat", "coat", Where::Top},
    Garment{"raincoat", "coat", Where::Top},
    Garment{"overcoat", "coat", Where::Top},
    Garment{"jacket", "coat", Where::Top},
    Garment{"lab coat", "lab_coat", Where::Top},
    Garment{"jersey", "jersey", Where::Outfit},
    Garment{"kit", "football_kit", Where::Outfit},
    Garment{"tracksuit", "tracksuit", Where::Outfit},
    Garment{"swimsuit", "swimwear", Where::Outfit},
    Garment{"bikini", "swimwear", Where::Outfit},
    Garment{"trunks", "swimwear", Where::Outfit},
    Garment{"spacesuit", "spacesuit", Where::Outfit},
    Garment{"space suit", "spacesuit", Where::Outfit},
    Garment{"armour", "armour", Where::Outfit},
    Garment{"armor", "armour", Where::Outfit},
    Garment{"apron", "chef", Where::Top},
    Garment{"clothes", "", Where::Outfit},
    Garment{"shirt", "tshirt_jeans", Where::Top},
    Garment{"t-shirt", "tshirt_jeans", Where::Top},
    Garment{"tshirt", "tshirt_jeans", Where::Top},
    Garment{"sweater", "tshirt_jeans", Where::Top},
    Garment{"pullover", "tshirt_jeans", Where::Top},
    Garment{"hoodie", "tshirt_jeans", Where::Top},
    Garment{"blouse", "tshirt_jeans", Where::Top},
    Garment{"top", "tshirt_jeans", Where::Top},
    Garment{"trousers", "tshirt_jeans", Where::Bottom},
    Garment{"pants", "tshirt_jeans", Where::Bottom},
    Garment{"jeans", "tshirt_jeans", Where::Bottom},
    Garment{"shorts", "tshirt_jeans", Where::Bottom},
    Garment{"leggings", "tshirt_jeans", Where::Bottom},
    Garment{"shoes", "", Where::Shoes},
    Garment{"boots", "", Where::Shoes},
    Garment{"sneakers", "", Where::Shoes},
};

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '-') words.back() += c;
        else if (!words.back().empty()) words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

}  // namespace

std::string dress(world::FigureLook& look, const std::string& wearing) {
    std::string unknown;
    std::optional<base::Vec3f> colour;
    std::string pending;  // words since the last garment that were no colours
    const auto note_unknown = [&] {
        if (!pending.empty()) unknown += (unknown.empty() ? "" : " and ") + pending;
        pending.clear();
    };
    std::string before;
    for (const std::string& word : words_of(wearing)) {
        if (word == "a" || word == "an" || word == "the") continue;
        if (word == "and" || word == "with") {
            note_unknown();
            colour.reset();
            before.clear();
            continue;
        }
        if (const auto named = colour_named(word)) {
            colour = named;
            before = word;
            continue;
        }
        const Garment* found = nullptr;
        for (const Garment& g : kGarments) {
            if (g.word == word || (!before.empty() && g.word == before + " " + word)) found = &g;
        }
        before = word;
        if (found == nullptr) {
            pending = word;
            continue;
        }
        pending.clear();
        // "A suit and a white shirt" stays a suit.
        const bool plain = found->outfit == "tshirt_jeans";
        if (!found->outfit.empty() && (!plain || look.outfit.empty())) look.outfit = found->outfit;
        if (!colour) continue;
        switch (found->where) {
            case Where::Outfit:
                look.top = *colour;
                look.bottom = *colour;
                break;
            case Where::Top: look.top = *colour; break;
            case Where::Bottom: look.bottom = *colour; break;
            case Where::Shoes: look.shoes = *colour; break;
        }
    }
    note_unknown();
    return unknown;
}

}  // namespace studio
