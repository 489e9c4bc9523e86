#include "script/words/material.h"

#include <algorithm>
#include <cstdio>
#include <unordered_map>

#include "base/text/text.h"

namespace script {
namespace {

struct MaterialRow {
    std::string_view material, words;  // '~' near thing, "green:emerald" says a colour too
};

constexpr MaterialRow kMaterials[] = {
    {"aluminium", "aluminium aluminum ~tin ~magnesium tinfoil"},
    {"bone", "bone ivory ~antler"},
    {"brass", "brass brazen bronze ~pewter"},
    {"bread", "bread ~dough ~cake"},
    {"brick", "brick bricks"},
    {"cardboard", "cardboard carton pasteboard"},
    {"ceramic", "ceramic porcelain china earthenware stoneware pottery ~enamel"},
    {"clay", "clay terracotta plasticine claylike play_doh playdough modelling_clay modeling_clay"},
    {"concrete", "concrete cement ~mortar"},
    {"cotton", "cotton cotton_wool"},
    {"diamond", "diamond ~red:ruby ~green:emerald ~blue:sapphire"},
    {"fabric",
     "fabric cloth silk silken linen velvet satin nylon polyester textile canvas denim "
     "plush tweed lace stuffed ~lycra"},
    {"feather", "feather feathers feathery feathered"},
    {"felt", "felt"},
    {"flesh", "flesh fleshy meat"},
    {"fruit", "fruit"},
    {"fur", "fur furry fluffy hairy"},
    {"glass",
     "glass glassy vitreous ~perspex ~plexiglass ~acrylic crystal ~obsidian transparent "
     "see_through"},
    {"gold", "gold golden gilded"},
    {"grass", "grass grassy turf"},
    {"ice", "ice icy frozen"},
    {"iron", "iron cast_iron wrought_iron rusty rusted"},
    {"jelly", "jelly jello gelatin gelatine gelatinous jellylike slime slimy gummy gooey ~goo"},
    {"leaf", "leaf leafy foliage"},
    {"leather", "leather leathery suede"},
    {"marble_stone", "marble marble_stone ~alabaster"},
    {"paper", "paper papery papier_mache paper_mache origami newspaper"},
    {"plaster", "plaster gypsum stucco"},
    {"plastic",
     "plastic vinyl pvc lego ~celluloid ~bakelite ~carbon_fibre ~carbon_fiber ~fibreglass "
     "~fiberglass styrene"},
    {"resin", "resin amber epoxy"},
    {"rope", "rope hemp"},
    {"rubber", "rubber rubbery latex bouncy silicone ~elastic"},
    {"salt", "salt salty"},
    {"sand", "sand sandy"},
    {"shell", "shell mother_of_pearl ~chitin"},
    {"skin", "skin"},
    {"snow", "snow snowy"},
    {"steel",
     "steel metal metallic stainless_steel chrome chromed ~titanium ~nickel ~lead ~tungsten "
     "~alloy ~zinc ~platinum mirrored"},
    {"stone",
     "stone rock rocky granite slate sandstone limestone basalt stony pebbled cobbled "
     "cobblestone cobblestoned flagstone ~gemstone ~gem"},
    {"straw", "straw hay thatched"},
    {"tile", "tile tiled tiles tiling"},
    {"water", "water watery liquid"},
    {"wax", "wax waxen waxy ~soap ~chocolate ~cheese"},
    {"wicker", "wicker rattan woven bamboo"},
    {"wood",
     "wood wooden oak oaken pine mahogany timber hardwood plywood walnut_wood teak parquet "
     "ebony birch_wood cedar balsa"},
    {"wool", "wool woolen woollen knitted crocheted woolly"},
    {"asphalt", "asphalt tarmac blacktop paved pavement bitumen"},
    {"carpet", "carpet carpeted"},
    {"copper", "copper"},
    {"silver", "silver silvery sterling_silver"},
    {"foam", "foam styrofoam sponge spongy polystyrene soft memory_foam"},
};

struct ColourRow {
    std::string_view name;
    uint32_t rgb;
    std::string_view words;
};

// CSS names and values (CSS Color Module Level 4, named colours) with everyday words for them.
constexpr ColourRow kColours[] = {
    {"red", 0xd21f1f, "red reddish"},
    {"darkred", 0x8b0000, "dark_red deep_red blood_red wine_red ruby_red burgundy"},
    {"crimson", 0xdc143c, "crimson cherry_red ruby_coloured"},
    {"scarlet", 0xff2400, "scarlet bright_red fiery_red"},
    {"maroon", 0x800000, "maroon oxblood"},
    {"tomato", 0xff6347, "tomato_red"},
    {"coral", 0xff7f50, "coral"},
    {"salmon", 0xfa8072, "salmon_pink"},
    {"orange", 0xff7f0e, "orange orangish bright_orange"},
    {"darkorange", 0xff8c00, "dark_orange burnt_orange"},
    {"amber", 0xffbf00, "amber_coloured"},
    {"goldenrod", 0xdaa520, "goldenrod gold_coloured gold_colored mustard ochre"},
    {"yellow", 0xffd91a, "yellow yellowish bright_yellow"},
    {"lightyellow", 0xfff59a, "light_yellow pale_yellow lemon_yellow"},
    {"khaki", 0xc3b091, "khaki"},
    {"beige", 0xe8dcc0, "beige cream creamy off_white ecru"},
    {"ivory", 0xfffff0, "ivory_white"},
    {"tan", 0xd2b48c, "tan sandy_coloured"},
    {"green", 0x2a8f3a, "green greenish"},
    {"darkgreen", 0x0b5d1e, "dark_green deep_green forest_green bottle_green emerald_green"},
    {"lightgreen", 0x90ee90, "light_green pale_green mint_green pastel_green"},
    {"lime", 0x8fe000, "lime_green bright_green neon_green"},
    {"olive", 0x808000, "olive_green olive_drab"},
    {"chartreuse", 0x7fff00, "chartreuse"},
    {"springgreen", 0x00ff7f, "spring_green"},
    {"seagreen", 0x2e8b57, "sea_green"},
    {"teal", 0x008080, "teal petrol"},
    {"turquoise", 0x40e0d0, "turquoise aquamarine"},
    {"cyan", 0x00c8d8, "cyan aqua"},
    {"blue", 0x1f4fd2, "blue bluish bright_blue cobalt_blue"},
    {"darkblue", 0x00107a, "dark_blue deep_blue midnight_blue"},
    {"navy", 0x0a1a5c, "navy navy_blue"},
    {"royalblue", 0x4169e1, "royal_blue electric_blue"},
    {"lightblue", 0x9fd0f0, "light_blue pale_blue baby_blue pastel_blue powder_blue"},
    {"skyblue", 0x87ceeb, "sky_blue azure"},
    {"steelblue", 0x4682b4, "steel_blue"},
    {"indigo", 0x4b0082, "indigo"},
    {"purple", 0x7a1fa2, "purple purplish"},
    {"darkpurple", 0x4a0a6a, "dark_purple deep_purple"},
    {"violet", 0x8f3fdc, "violet"},
    {"lavender", 0xb9a3e3, "lavender lilac light_purple pale_purple mauve"},
    {"plum", 0x8e4585, "plum_coloured plum_colored"},
    {"magenta", 0xd8108f, "magenta fuchsia"},
    {"pink", 0xff8fb5, "pink pinkish rosy light_pink pale_pink baby_pink pastel_pink"},
    {"hotpink", 0xff3d94, "hot_pink neon_pink bright_pink deep_pink dark_pink"},
    {"brown", 0x7a4a22, "brown brownish"},
    {"darkbrown", 0x4a2a12, "dark_brown deep_brown"},
    {"lightbrown", 0xb5895a, "light_brown pale_brown caramel_coloured"},
    {"chocolate", 0x5a2f14, "chocolate_brown chocolate_coloured"},
    {"chestnut", 0x954535, "chestnut_brown auburn ginger"},
    {"grey", 0x808080, "grey gray greyish grayish"},
    {"darkgrey", 0x404040, "dark_grey dark_gray charcoal_grey charcoal_gray slate_grey slate_gray"},
    {"lightgrey", 0xc8c8c8, "light_grey light_gray pale_grey pale_gray"},
    {"black", 0x121212, "black jet_black pitch_black"},
    {"white", 0xf4f4f4, "white snow_white pure_white whitish"},
    {"rainbow", 0xff7fbf,
     "rainbow multicoloured multicolored multi_coloured multi_colored colourful "
     "colorful coloured colored rainbow_coloured rainbow_colored"},
};

struct SizeRow {
    std::string_view words;
    double factor;
};
constexpr SizeRow kSizes[] = {
    {"microscopic minuscule", 0.2},
    {"tiny miniature mini teeny wee itty_bitty pocket_sized", 0.35},
    {"small little smallish compact", 0.6},
    {"medium medium_sized average_sized normal_sized", 1.0},
    {"big large largish biggish sizeable", 1.6},
    {"tall long", 1.4},
    {"short", 0.7},
    {"huge enormous great massive oversized extra_large", 2.5},
    {"giant gigantic colossal monumental monstrous immense towering vast", 3.5},
    {"thick fat chubby plump", 1.25},
    {"thin slim skinny slender", 0.8},
    {"life_sized life_size", 1.001},
};

std::string normalised(std::string_view words) {
    std::string key(words);
    for (char& c : key) {
        if (c == ' ' || c == '-') c = '_';
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return key;
}

struct ColourEntry {
    std::string name;
    uint32_t rgb;
};

struct Tables {
    std::unordered_map<std::string, MaterialWord> materials;
    std::unordered_map<std::string, ColourEntry> colours;
    std::unordered_map<std::string, double> sizes;
    std::vector<std::string_view> material_names;
    std::vector<std::pair<std::string, std::string>> material_listing, colour_listing;
    std::vector<std::pair<std::string, double>> size_listing;
};

Tables build() {
    Tables tables;
    for (const MaterialRow& row : kMaterials) {
        tables.material_names.push_back(row.material);
        for (std::string word : base::split(row.words, ' ')) {
            if (word.empty()) continue;
            MaterialWord entry{row.material};
            if (word[0] == '~') {
                entry.loose = true;
                word.erase(0, 1);
            }
            if (const size_t colon = word.find(':'); colon != std::string::npos) {
                for (const ColourRow& colour : kColours) {
                    if (colour.name == word.substr(0, colon)) entry.colour = colour.name;
                }
                word.erase(0, colon + 1);
            }
            if (tables.materials.emplace(word, entry).second) {
                tables.material_listing.emplace_back(word, row.material);
            }
        }
    }
    for (const ColourRow& row : kColours) {
        char hex[8];
        std::snprintf(hex, sizeof hex, "#%06x", row.rgb);
        for (const std::string& word :
             base::split(std::string(row.name) + " " + std::string(row.words), ' ')) {
            if (word.empty()) continue;
            if (tables.colours.emplace(word, ColourEntry{std::string(row.name), row.rgb}).second) {
                tables.colour_listing.emplace_back(word, hex);
            }
        }
    }
    for (const SizeRow& row : kSizes) {
        for (const std::string& word : base::split(row.words, ' ')) {
            if (tables.sizes.emplace(word, row.factor).second) {
                tables.size_listing.emplace_back(word, row.factor);
            }
        }
    }
    return tables;
}

const Tables& tables() {
    static const Tables instance = build();
    return instance;
}

bool is_hex_colour(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') return false;
    return std::all_of(text.begin() + 1, text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
}

}  // namespace

std::optional<MaterialWord> find_material(std::string_view word) {
    const auto found = tables().materials.find(normalised(word));
    if (found == tables().materials.end()) return std::nullopt;
    return found->second;
}

std::optional<std::string> find_colour(std::string_view words) {
    if (is_hex_colour(words)) return base::to_lower_ascii(words);
    const auto found = tables().colours.find(normalised(words));
    // "chocolate", "plum", "salmon" and "tomato" alone are food; colours only with a second word.
    if (found == tables().colours.end()) return std::nullopt;
    const std::string key = normalised(words);
    for (const std::string_view food :
         {"chocolate", "plum", "salmon", "tomato", "chestnut", "amber", "olive", "lime", "ivory"}) {
        if (key == food) return std::nullopt;
    }
    return found->second.name;
}

std::optional<Rgb> colour_rgb(std::string_view colour) {
    uint32_t rgb = 0;
    if (is_hex_colour(colour)) {
        rgb = static_cast<uint32_t>(std::stoul(std::string(colour.substr(1)), nullptr, 16));
    } else {
        const auto found = tables().colours.find(normalised(colour));
        if (found == tables().colours.end()) return std::nullopt;
        rgb = found->second.rgb;
    }
    return Rgb{static_cast<int>(rgb >> 16), static_cast<int>((rgb >> 8) & 255),
               static_cast<int>(rgb & 255)};
}

std::optional<double> find_size_word(std::string_view word) {
    const auto found = tables().sizes.find(normalised(word));
    if (found == tables().sizes.end()) return std::nullopt;
    return found->second;
}

const std::vector<std::string_view>& material_names() { return tables().material_names; }
std::vector<std::pair<std::string, std::string>> all_material_words() {
    return tables().material_listing;
}
std::vector<std::pair<std::string, std::string>> all_colour_words() {
    return tables().colour_listing;
}
std::vector<std::pair<std::string, double>> all_size_words() { return tables().size_listing; }

}  // namespace script
