#include "neural/text/umt5_prompt.h"

#include <array>
#include <unordered_map>
#include <vector>

#include "neural/text/utf8.h"

namespace neural::text {
namespace {

// In the order of their code points from 160 on.
constexpr std::string_view kLatin1 =
    "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn "
    "sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave "
    "Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml "
    "ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN "
    "szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave "
    "iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute "
    "ucirc "
    "uuml yacute thorn yuml";
// From U+0391 and U+03B1 on.
constexpr std::string_view kGreekCapitals =
    "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - "
    "Sigma Tau Upsilon Phi Chi Psi Omega";
constexpr std::string_view kGreekSmall =
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "sigmaf "
    "sigma tau upsilon phi chi psi omega";

struct Named {
    std::string_view name;
    char32_t code_point;
};
constexpr Named kOthers[] = {
    {"apos", 39},       {"OElig", 0x152},   {"oelig", 0x153},   {"Scaron", 0x160},
    {"scaron", 0x161},  {"Yuml", 0x178},    {"fnof", 0x192},    {"circ", 0x2C6},
    {"tilde", 0x2DC},   {"ensp", 0x2002},   {"emsp", 0x2003},   {"thinsp", 0x2009},
    {"zwnj", 0x200C},   {"zwj", 0x200D},    {"lrm", 0x200E},    {"rlm", 0x200F},
    {"ndash", 0x2013},  {"mdash", 0x2014},  {"lsquo", 0x2018},  {"rsquo", 0x2019},
    {"sbquo", 0x201A},  {"ldquo", 0x201C},  {"rdquo", 0x201D},  {"bdquo", 0x201E},
    {"dagger", 0x2020}, {"Dagger", 0x2021}, {"bull", 0x2022},   {"hellip", 0x2026},
    {"permil", 0x2030}, {"prime", 0x2032},  {"Prime", 0x2033},  {"lsaquo", 0x2039},
    {"rsaquo", 0x203A}, {"oline", 0x203E},  {"frasl", 0x2044},  {"euro", 0x20AC},
    {"trade", 0x2122},  {"larr", 0x2190},   {"uarr", 0x2191},   {"rarr", 0x2192},
    {"darr", 0x2193},   {"harr", 0x2194},   {"rArr", 0x21D2},   {"hArr", 0x21D4},
    {"forall", 0x2200}, {"part", 0x2202},   {"exist", 0x2203},  {"empty", 0x2205},
    {"nabla", 0x2207},  {"isin", 0x2208},   {"prod", 0x220F},   {"sum", 0x2211},
    {"minus", 0x2212},  {"radic", 0x221A},  {"prop", 0x221D},   {"infin", 0x221E},
    {"ang", 0x2220},    {"and", 0x2227},    {"or", 0x2228},     {"cap", 0x2229},
    {"cup", 0x222A},    {"int", 0x222B},    {"there4", 0x2234}, {"sim", 0x223C},
    {"cong", 0x2245},   {"asymp", 0x2248},  {"ne", 0x2260},     {"equiv", 0x2261},
    {"le", 0x2264},     {"ge", 0x2265},     {"sub", 0x2282},    {"sup", 0x2283},
    {"oplus", 0x2295},  {"otimes", 0x2297}, {"perp", 0x22A5},   {"sdot", 0x22C5},
    {"loz", 0x25CA},    {"spades", 0x2660}, {"clubs", 0x2663},  {"hearts", 0x2665},
    {"diams", 0x2666},
};

struct Names {
    std::unordered_map<std::string_view, char32_t> closed;  // need their semicolon
    std::unordered_map<std::string_view, char32_t> open;    // do not

    Names() {
        const auto row = [](auto& into, std::string_view list, char32_t first) {
            while (!list.empty()) {
                const size_t end = std::min(list.find(' '), list.size());
                if (list[0] != '-') into.emplace(list.substr(0, end), first);
                ++first;
                list.remove_prefix(std::min(end + 1, list.size()));
            }
        };
        row(open, kLatin1, 160);
        for (const Named& n : {Named{"amp", '&'},
                               {"AMP", '&'},
                               {"lt", '<'},
                               {"LT", '<'},
                               {"gt", '>'},
                               {"GT", '>'},
                               {"quot", '"'},
                               {"QUOT", '"'},
                               {"COPY", 0xA9},
                               {"REG", 0xAE}}) {
            open.emplace(n.name, n.code_point);
        }
        row(closed, kGreekCapitals, 0x391);
        row(closed, kGreekSmall, 0x3B1);
        for (const Named& n : kOthers) closed.emplace(n.name, n.code_point);
    }
};

// The references 128..159 mean Windows-1252.
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

// &#123; or &#x7B; at text[at] = '&'. 0: no reference there.
size_t numeric(std::string_view text, size_t at, std::string& out) {
    size_t i = at + 2;
    const bool hexadecimal = i < text.size() && (text[i] == 'x' || text[i] == 'X');
    if (hexadecimal) ++i;
    const size_t first = i;
    char32_t value = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : -1;
        if (hexadecimal && c >= 'a' && c <= 'f') digit = c - 'a' + 10;
        if (hexadecimal && c >= 'A' && c <= 'F') digit = c - 'A' + 10;
        if (digit < 0) break;
        value = std::min<char32_t>(value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(digit),
                                   0x110000);
    }
    if (i == first) return 0;
    if (i < text.size() && text[i] == ';') ++i;
    if (value >= 0x80 && value < 0xA0) value = kWindows1252[value - 0x80];
    append_utf8(out, value == 0 ? kReplacement : value);
    return i - at;
}

size_t named(std::string_view text, size_t at, std::string& out) {
    static const Names names;
    constexpr size_t kLongest = 8;
    size_t end = at + 1;
    while (end < text.size() && end - at <= kLongest &&
           ((text[end] >= 'a' && text[end] <= 'z') || (text[end] >= 'A' && text[end] <= 'Z') ||
            (text[end] >= '0' && text[end] <= '9'))) {
        ++end;
    }
    const std::string_view whole = text.substr(at + 1, end - at - 1);
    if (end < text.size() && text[end] == ';') {
        for (const auto* table : {&names.open, &names.closed}) {
            const auto found = table->find(whole);
            if (found == table->end()) continue;
            append_utf8(out, found->second);
            return end + 1 - at;
        }
    }
    for (size_t length = whole.size(); length >= 2; --length) {
        const auto found = names.open.find(whole.substr(0, length));
        if (found == names.open.end()) continue;
        append_utf8(out, found->second);
        return 1 + length;
    }
    return 0;
}

bool is_space(char32_t c) {
    return (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_dropped(char32_t c) {
    return c < 9 || (c >= 14 && c < 0x1C) || c == 0x7F || (c >= 0x206A && c <= 0x206F) ||
           c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFC);
}

char32_t straight(char32_t c) {
    if (c == 0x2BC || (c >= 0x2018 && c <= 0x201B)) return '\'';
    return c >= 0x201C && c <= 0x201F ? '"' : c;
}

}  // namespace

std::string unescape_html(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size();) {
        size_t taken = 0;
        if (text[i] == '&' && i + 1 < text.size())
            taken = text[i + 1] == '#' ? numeric(text, i, out) : named(text, i, out);
        if (taken == 0) out += text[i];
        i += std::max<size_t>(taken, 1);
    }
    return out;
}

std::string clean_umt5_prompt(std::string_view prompt) {
    const std::string text = unescape_html(unescape_html(prompt));
    std::string out;
    bool gap = false;
    for (size_t i = 0; i < text.size();) {
        const char32_t c = next_code_point(text, i);
        if (is_dropped(c)) continue;
        if (is_space(c)) {
            gap = !out.empty();
            continue;
        }
        if (gap) out += ' ';
        gap = false;
        append_utf8(out, straight(c));
    }
    return out;
}

}  // namespace neural::text
