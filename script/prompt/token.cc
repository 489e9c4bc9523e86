#include "script/prompt/token.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>

namespace script {
namespace {

struct CodePoint {
    uint32_t value;
    size_t bytes;
};

// The caller has checked that the text is UTF-8; a stray byte still advances by one.
CodePoint decode(std::string_view text, size_t at) {
    const auto byte = [&](size_t i) -> uint32_t {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const uint32_t first = byte(at);
    if (first < 0x80) return {first, 1};
    if (first >> 5 == 0x6) return {(first & 0x1f) << 6 | (byte(at + 1) & 0x3f), 2};
    if (first >> 4 == 0xe) {
        return {(first & 0xf) << 12 | (byte(at + 1) & 0x3f) << 6 | (byte(at + 2) & 0x3f), 3};
    }
    if (first >> 3 == 0x1e) {
        return {(first & 7) << 18 | (byte(at + 1) & 0x3f) << 12 | (byte(at + 2) & 0x3f) << 6 |
                    (byte(at + 3) & 0x3f),
                4};
    }
    return {0xfffd, 1};
}

// Latin letters with marks, folded to ASCII: enough for loan words ("café", "naïve", "piñata").
char folded(uint32_t c) {
    static constexpr char kLatin1[] =
        "aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo/ouuuuypy";
    if (c >= 0xc0 && c <= 0xff && c != 0xd7 && c != 0xf7) return kLatin1[c - 0xc0];
    return 0;
}

// Typographic characters to their plain form; 0 when it is none.
char plain(uint32_t c) {
    switch (c) {
        case 0x2018:
        case 0x2019:
        case 0x201b:
        case 0x2032:
        case 0x60:
        case 0xb4: return '\'';
        case 0x201c:
        case 0x201d:
        case 0x201e:
        case 0x201f:
        case 0xab:
        case 0xbb:
        case 0x2033: return '"';
        case 0x2010:
        case 0x2011: return '-';
        case 0x2012:
        case 0x2013:
        case 0x2014:
        case 0x2015: return '~';  // dash: a pause
        case 0x2026: return '.';
        case 0xa0:
        case 0x2009:
        case 0x202f:
        case 0x200b:
        case 0xfeff:
        case 0x3000: return ' ';
        case 0x3002:
        case 0xff0e: return '.';
        case 0x3001:
        case 0xff0c: return ',';
        case 0xff01: return '!';
        case 0xff1f: return '?';
        default: return 0;
    }
}

struct EmojiRow {
    uint32_t code;
    std::string_view word;
};
constexpr EmojiRow kEmoji[] = {
    {0x1f3c0, "basketball"},    {0x26bd, "football"},      {0x1f3be, "tennis_ball"},
    {0x1f3b1, "billiard_ball"}, {0x1f3b3, "bowling_ball"}, {0x26be, "baseball"},
    {0x1f3d0, "volleyball"},    {0x1f436, "dog"},          {0x1f415, "dog"},
    {0x1f431, "cat"},           {0x1f408, "cat"},          {0x1f434, "horse"},
    {0x1f40e, "horse"},         {0x1f42d, "mouse"},        {0x1f430, "rabbit"},
    {0x1f98a, "fox"},           {0x1f43b, "bear"},         {0x1f43c, "panda"},
    {0x1f42f, "tiger"},         {0x1f981, "lion"},         {0x1f42e, "cow"},
    {0x1f437, "pig"},           {0x1f438, "frog"},         {0x1f435, "monkey"},
    {0x1f427, "penguin"},       {0x1f426, "bird"},         {0x1f986, "duck"},
    {0x1f989, "owl"},           {0x1f41f, "fish"},         {0x1f42c, "dolphin"},
    {0x1f433, "whale"},         {0x1f988, "shark"},        {0x1f419, "octopus"},
    {0x1f422, "turtle"},        {0x1f40d, "snake"},        {0x1f98b, "butterfly"},
    {0x1f41d, "bee"},           {0x1f418, "elephant"},     {0x1f995, "dinosaur"},
    {0x1f996, "dinosaur"},      {0x1f409, "dragon"},       {0x1f984, "unicorn"},
    {0x1f697, "car"},           {0x1f68c, "bus"},          {0x1f682, "train"},
    {0x1f680, "rocket"},        {0x2708, "airplane"},      {0x1f681, "helicopter"},
    {0x26f5, "sailboat"},       {0x1f6b2, "bicycle"},      {0x1f34e, "apple"},
    {0x1f34c, "banana"},        {0x1f34a, "orange"},       {0x1f349, "watermelon"},
    {0x1f353, "strawberry"},    {0x1f355, "pizza"},        {0x1f382, "cake"},
    {0x1f95a, "egg"},           {0x1f388, "balloon"},      {0x1f381, "gift"},
    {0x1f916, "robot"},         {0x26c4, "snowman"},       {0x1f332, "tree"},
    {0x1f333, "tree"},          {0x1f334, "palm_tree"},    {0x1f335, "cactus"},
    {0x1f339, "rose"},          {0x1f33b, "sunflower"},    {0x1f3e0, "house"},
    {0x1f3f0, "castle"},        {0x1f514, "bell"},         {0x1f4a3, "bomb"},
    {0x1f451, "crown"},         {0x1f3b8, "guitar"},       {0x1f3c6, "trophy"},
    {0x1f681, "helicopter"},    {0x1f3ce, "racing_car"},   {0x1f47b, "ghost"},
    {0x1f483, "dancer"},        {0x26f8, "skater"},        {0x1f3d3, "ping_pong_ball"},
    {0x1f9f8, "teddy_bear"},    {0x1fa81, "kite"},         {0x2603, "snowman"},
};

bool is_emoji(uint32_t c) {
    return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf) ||
           (c >= 0x2b00 && c <= 0x2bff) || c == 0x2708;
}
bool is_joiner(uint32_t c) {
    return c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x1f3fb && c <= 0x1f3ff) ||
           c == 0x20e3;
}

class Tokenizer {
public:
    explicit Tokenizer(std::string_view prompt) : prompt_(prompt) {}

    std::vector<Token> run() {
        while (at_ < prompt_.size()) step();
        return std::move(tokens_);
    }

private:
    void step() {
        const CodePoint point = decode(prompt_, at_);
        char c = point.value < 0x80 ? static_cast<char>(point.value) : plain(point.value);
        if (c == '`') c = '\'';
        if (c == '\n') return newline();
        if (c == ' ' || c == '\t' || c == '\r' || (point.value < 0x20)) {
            at_ += point.bytes;
            space_ = true;
            return;
        }
        if (c == '"') return quote(point.bytes);
        if (is_letter_at(at_)) return word();
        if (c >= '0' && c <= '9') return number();
        if (c == '#' && is_hex_colour(at_)) return hex_colour();
        if (c == '\'' && is_letter_at(at_ + point.bytes)) return apostrophe(point.bytes);
        if (c == '-' || c == '_' || c == '/') return hyphen(c, point.bytes);
        if (c == '%' || point.value == 0xb0) return unit_sign(point.bytes, c == '%' ? "%" : "°");
        if (c != 0 && std::string_view(".,;:!?()[]~").find(c) != std::string_view::npos) {
            return punctuation(c, point.bytes);
        }
        if (is_joiner(point.value)) {
            at_ += point.bytes;
            return;
        }
        if (is_emoji(point.value)) return emoji(point);
        if (c == '\'' || c == '*' || c == '|' || c == '>' || c == '<' || c == '{' || c == '}') {
            at_ += point.bytes;
            space_ = true;
            return;
        }
        unknown();
    }

    bool is_letter_at(size_t at) const {
        if (at >= prompt_.size()) return false;
        const uint32_t c = decode(prompt_, at).value;
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || folded(c) != 0;
    }
    bool is_digit_at(size_t at) const {
        return at < prompt_.size() && prompt_[at] >= '0' && prompt_[at] <= '9';
    }
    bool is_hex_colour(size_t at) const {
        if (at + 7 > prompt_.size()) return false;
        for (size_t i = at + 1; i < at + 7; ++i) {
            if (!std::isxdigit(static_cast<unsigned char>(prompt_[i]))) return false;
        }
        return at + 7 == prompt_.size() ||
               !std::isalnum(static_cast<unsigned char>(prompt_[at + 7]));
    }

    Token& push(TokenKind kind, std::string text, size_t begin, size_t end) {
        Token token;
        token.kind = kind;
        token.text = std::move(text);
        token.begin = begin;
        token.end = end;
        token.glued = !space_ && !tokens_.empty() && tokens_.back().kind != TokenKind::Punct;
        if (kind != TokenKind::Punct) {
            const bool same_word = token.glued && tokens_.back().word >= 0 && joinable(kind);
            token.word = same_word ? tokens_.back().word : next_word_++;
        }
        space_ = false;
        tokens_.push_back(std::move(token));
        return tokens_.back();
    }
    bool joinable(TokenKind kind) const {
        const TokenKind before = tokens_.back().kind;
        const bool plain_now = kind == TokenKind::Word || kind == TokenKind::Number;
        return plain_now && (before == TokenKind::Word || before == TokenKind::Number);
    }

    void newline() {
        size_t lines = 0;
        while (at_ < prompt_.size() && (prompt_[at_] == '\n' || prompt_[at_] == '\r' ||
                                        prompt_[at_] == ' ' || prompt_[at_] == '\t')) {
            if (prompt_[at_] == '\n') ++lines;
            ++at_;
        }
        space_ = true;
        push(TokenKind::Punct, "\n", at_ - 1, at_);
        space_ = true;
    }

    void word() {
        const size_t begin = at_;
        std::string text;
        bool capital = false;
        while (is_letter_at(at_)) {
            const CodePoint point = decode(prompt_, at_);
            char c = point.value < 0x80 ? static_cast<char>(point.value) : folded(point.value);
            if (c >= 'A' && c <= 'Z') {
                if (at_ == begin) capital = true;
                c = static_cast<char>(c - 'A' + 'a');
            }
            text += c;
            at_ += point.bytes;
        }
        // "doesn't" -> "does" + "n't".
        if (text.size() > 2 && text.back() == 'n' && apostrophe_at(at_) &&
            at_after_apostrophe() == 't') {
            text.pop_back();
            Token& token = push(TokenKind::Word, text, begin, at_ - 1);
            token.capital = capital;
            const size_t start = at_ - 1;
            at_ += apostrophe_bytes() + 1;
            push(TokenKind::Word, "n't", start, at_).glued = true;
            return;
        }
        push(TokenKind::Word, std::move(text), begin, at_).capital = capital;
    }

    bool apostrophe_at(size_t at) const {
        if (at >= prompt_.size()) return false;
        const uint32_t c = decode(prompt_, at).value;
        return c == '\'' || plain(c) == '\'';
    }
    size_t apostrophe_bytes() const { return decode(prompt_, at_).bytes; }
    char at_after_apostrophe() const {
        const size_t next = at_ + apostrophe_bytes();
        return next < prompt_.size() ? prompt_[next] : 0;
    }

    void apostrophe(size_t bytes) {
        const size_t begin = at_;
        if (space_ || tokens_.empty()) {
            // 'single quotes' around speech: only when the closing mark is found in reach.
            const size_t close = closing_single(at_ + bytes);
            if (close != std::string_view::npos) {
                push(TokenKind::Quote,
                     std::string(prompt_.substr(at_ + bytes, close - at_ - bytes)), begin,
                     close + 1);
                at_ = close + decode(prompt_, close).bytes;
                return;
            }
        }
        at_ += bytes;
        std::string text = "'";
        while (is_letter_at(at_)) {
            const CodePoint point = decode(prompt_, at_);
            text += point.value < 0x80
                        ? static_cast<char>(std::tolower(static_cast<int>(point.value)))
                        : folded(point.value);
            at_ += point.bytes;
        }
        push(TokenKind::Word, std::move(text), begin, at_);
    }

    size_t closing_single(size_t from) const {
        for (size_t i = from; i < prompt_.size() && i < from + 400;) {
            const CodePoint point = decode(prompt_, i);
            if (point.value == '\n') break;
            const bool mark = point.value == '\'' || point.value == 0x2019;
            if (mark && !is_letter_at(i + point.bytes) && i > from + 1) return i;
            i += point.bytes;
        }
        return std::string_view::npos;
    }

    void quote(size_t bytes) {
        const size_t begin = at_, from = at_ + bytes;
        // Inch marks: 6" stands right behind a number.
        if (!space_ && !tokens_.empty() && tokens_.back().kind == TokenKind::Number) {
            at_ = from;
            push(TokenKind::Word, "inch", begin, from);
            return;
        }
        for (size_t i = from; i < prompt_.size() && i < from + 2000;) {
            const CodePoint point = decode(prompt_, i);
            if (point.value == '"' || plain(point.value) == '"') {
                push(TokenKind::Quote, std::string(prompt_.substr(from, i - from)), begin,
                     i + point.bytes);
                at_ = i + point.bytes;
                space_ = true;
                return;
            }
            i += point.bytes;
        }
        at_ = from;  // never closed: the mark means nothing
        space_ = true;
    }

    void number() {
        const size_t begin = at_;
        std::string digits;
        while (is_digit_at(at_) || (at_ < prompt_.size() && is_digit_at(at_ + 1) &&
                                    (prompt_[at_] == '.' || prompt_[at_] == ','))) {
            if (prompt_[at_] == ',') {
                // "1,000" groups thousands; "2,5" is a decimal comma.
                const bool thousands = is_digit_at(at_ + 1) && is_digit_at(at_ + 2) &&
                                       is_digit_at(at_ + 3) && !is_digit_at(at_ + 4);
                if (!thousands) digits += '.';
            } else {
                digits += prompt_[at_];
            }
            if (digits.size() > 24) digits.resize(24);
            ++at_;
        }
        double value = std::strtod(digits.c_str(), nullptr);
        if (at_ < prompt_.size() && prompt_[at_] == '/' && is_digit_at(at_ + 1)) {
            ++at_;
            std::string below;
            while (is_digit_at(at_)) {
                if (below.size() < 9) below += prompt_[at_];
                ++at_;
            }
            const double divisor = std::strtod(below.c_str(), nullptr);
            if (divisor > 0) value /= divisor;
        }
        Token& token = push(TokenKind::Number, digits, begin, at_);
        token.number = value;
        // "1st", "2nd": the ending says nothing more.
        for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
            if (prompt_.substr(at_, 2) == ending && !is_letter_at(at_ + 2)) {
                token.end = at_ += 2;
                break;
            }
        }
    }

    void hex_colour() {
        std::string text(prompt_.substr(at_, 7));
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        push(TokenKind::Word, std::move(text), at_, at_ + 7);
        at_ += 7;
    }

    void hyphen(char c, size_t bytes) {
        // Between letters or digits a hyphen joins; "--" and " - " are pauses.
        const bool after_word = !space_ && !tokens_.empty() && tokens_.back().word >= 0;
        const bool before_word = is_letter_at(at_ + bytes) || is_digit_at(at_ + bytes);
        if (c == '/' && after_word) {
            // "m/s", "km/h", "ft/s": one unit.
            const std::string_view rest = prompt_.substr(at_ + 1, 1);
            const std::string& unit = tokens_.back().text;
            const bool rate = (rest == "s" || rest == "h") && !is_letter_at(at_ + 2) &&
                              (unit == "m" || unit == "km" || unit == "ft" || unit == "cm");
            if (rate) {
                tokens_.back().text += "/" + std::string(rest);
                tokens_.back().end = at_ + 2;
                at_ += 2;
                return;
            }
        }
        at_ += bytes;
        if (after_word && before_word) return;  // next token is glued
        if (c == '-') {
            const size_t begin = at_ - bytes;
            while (at_ < prompt_.size() && prompt_[at_] == '-') ++at_;
            space_ = true;
            push(TokenKind::Punct, "--", begin, at_);
        }
        space_ = true;
    }

    void unit_sign(size_t bytes, const char* text) {
        push(TokenKind::Word, text, at_, at_ + bytes);
        at_ += bytes;
    }

    void punctuation(char c, size_t bytes) {
        const size_t begin = at_;
        at_ += bytes;
        while (c == '.' && at_ < prompt_.size() && prompt_[at_] == '.') ++at_;
        push(TokenKind::Punct,
             c == '~'   ? "--"
             : c == '[' ? "("
             : c == ']' ? ")"
                        : std::string(1, c),
             begin, at_);
        space_ = true;
    }

    void emoji(const CodePoint& point) {
        const size_t begin = at_;
        at_ += point.bytes;
        while (at_ < prompt_.size() && is_joiner(decode(prompt_, at_).value)) {
            at_ += decode(prompt_, at_).bytes;
        }
        std::string_view word;
        for (const EmojiRow& row : kEmoji) {
            if (row.code == point.value) word = row.word;
        }
        space_ = true;
        push(TokenKind::Emoji, std::string(word), begin, at_);
        space_ = true;
    }

    void unknown() {
        const size_t begin = at_;
        std::string text;
        while (at_ < prompt_.size()) {
            const CodePoint point = decode(prompt_, at_);
            const bool ours = point.value < 0x80 || plain(point.value) != 0 ||
                              folded(point.value) != 0 || is_emoji(point.value);
            if (ours && at_ > begin) break;
            text += prompt_.substr(at_, point.bytes);
            at_ += point.bytes;
            if (ours) break;
        }
        space_ = true;
        push(TokenKind::Unknown, std::move(text), begin, at_);
        space_ = true;
    }

    std::string_view prompt_;
    size_t at_ = 0;
    bool space_ = true;
    int next_word_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view prompt) { return Tokenizer(prompt).run(); }

std::vector<std::string> written_words(std::string_view prompt, const std::vector<Token>& tokens) {
    std::vector<std::string> words;
    size_t begin = 0;
    for (const Token& token : tokens) {
        if (token.word < 0) continue;
        if (token.word == static_cast<int>(words.size())) {
            words.emplace_back();
            begin = token.begin;
        }
        words[static_cast<size_t>(token.word)] =
            std::string(prompt.substr(begin, token.end - begin));
    }
    return words;
}

}  // namespace script
