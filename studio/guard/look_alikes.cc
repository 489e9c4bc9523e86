#include "studio/guard/look_alikes.h"

#include <unordered_map>

namespace studio {
namespace {

struct Group {
    std::string_view plain;
    std::u32string_view letters;
};

constexpr Group kGroups[] = {
    {"a", U"àáâãäåāăąǎȁȃḁạảấầẩẫậắằẳẵặαаÀÁÂÃÄÅĀĂĄΑА@4"},
    {"ae", U"æÆ"},
    {"b", U"ƀḃḅВвЬβΒ8"},
    {"c", U"çćĉċčсÇĆĈĊČСϲ"},
    {"d", U"ðďđḋḍÐĎĐԁ"},
    {"e", U"èéêëēĕėęěẹẻẽếềểễệеёεÈÉÊËĒĔĖĘĚЕЁΕ3€"},
    {"f", U"ƒḟϝ"},
    {"g", U"ĝğġģǧĜĞĠĢԍ9"},
    {"h", U"ĥħḣḥНнΗһĤĦ"},
    {"i", U"ìíîïĩīĭįıỉịіïιÌÍÎÏĨĪĬĮİІΙ1!|"},
    {"j", U"ĵјĴЈ"},
    {"k", U"ķĸкκΚКĶ"},
    {"l", U"ĺļľŀłĹĻĽĿŁӏ"},
    {"m", U"ḿṁṃмМΜ"},
    {"n", U"ñńņňŉŋÑŃŅŇпηΝ"},
    {"o", U"òóôõöøōŏőơọỏốồổỗộớờởỡợоοσÒÓÔÕÖØŌŎŐОΟ0"},
    {"oe", U"œŒ"},
    {"p", U"ṕṗрρΡР"},
    {"q", U"ԛ"},
    {"r", U"ŕŗřṙгŔŖŘ"},
    {"s", U"śŝşšșṡṣѕŚŜŞŠȘЅ5$"},
    {"ss", U"ß"},
    {"t", U"ţťŧțṫтτΤТŢŤŦȚ7+"},
    {"u", U"ùúûüũūŭůűųưụủứừửữựυцÙÚÛÜŨŪŬŮŰŲ"},
    {"v", U"νѵ"},
    {"w", U"ŵẁẃẅωшŴẀẂẄ"},
    {"x", U"хχΧХ×"},
    {"y", U"ýÿŷỳỵỷỹуγýÝŸŶУΥ"},
    {"z", U"źżžẑẓŹŻŽΖ2"},
};

const std::unordered_map<char32_t, std::string_view>& table() {
    static const auto* letters = [] {
        auto* map = new std::unordered_map<char32_t, std::string_view>;
        for (const Group& group : kGroups) {
            for (const char32_t letter : group.letters) map->emplace(letter, group.plain);
        }
        return map;
    }();
    return *letters;
}

constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz";

}  // namespace

std::vector<char32_t> code_points(std::string_view text) {
    std::vector<char32_t> all;
    all.reserve(text.size());
    for (size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const int length = first < 0x80       ? 1
                           : first >> 5 == 6  ? 2
                           : first >> 4 == 14 ? 3
                           : first >> 3 == 30 ? 4
                                              : 0;
        if (length == 0 || i + static_cast<size_t>(length) > text.size()) {
            all.push_back(0xFFFD);
            ++i;
            continue;
        }
        char32_t letter = length == 1 ? first : first & (0x7Fu >> length);
        for (int k = 1; k < length; ++k)
            letter = (letter << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
        all.push_back(letter);
        i += static_cast<size_t>(length);
    }
    return all;
}

std::string_view plain_letters(char32_t letter) {
    if (letter >= 0xFF01 && letter <= 0xFF5E) letter -= 0xFEE0;  // full-width forms
    if (letter >= 'A' && letter <= 'Z') letter += 'a' - 'A';
    if (letter >= 'a' && letter <= 'z') return kAlphabet.substr(letter - 'a', 1);
    const auto found = table().find(letter);
    return found == table().end() ? std::string_view() : found->second;
}

bool is_sign(char32_t letter) {
    return letter < 0x80 && !(letter >= 'a' && letter <= 'z') &&
           !(letter >= 'A' && letter <= 'Z') && table().count(letter) > 0;
}

bool ends_words(char32_t letter) { return letter == '!' || letter == '|' || letter == '+'; }

bool is_invisible(char32_t letter) {
    return letter == 0x00AD || (letter >= 0x200B && letter <= 0x200F) || letter == 0x2060 ||
           letter == 0xFEFF || (letter >= 0x0300 && letter <= 0x036F) ||
           (letter >= 0xFE00 && letter <= 0xFE0F);
}

}  // namespace studio
