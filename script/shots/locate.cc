#include "script/shots/locate.h"

#include <nlohmann/json.hpp>

namespace script {
namespace {

// A walk over valid JSON that notes where values begin.
class Walker {
public:
    explicit Walker(std::string_view text) : text_(text) {}

    // Leaves `found` at the deepest value on the way to `pointer`.
    void walk(std::string_view pointer, size_t& found) {
        skip_space();
        found = at_;
        if (pointer.empty()) return;
        const size_t end = std::min(pointer.find('/', 1), pointer.size());
        const std::string_view step = pointer.substr(1, end - 1);
        const std::string_view rest = pointer.substr(end);
        const char open = peek();
        if (open != '{' && open != '[') return;
        ++at_;
        for (size_t index = 0; at_ < text_.size(); ++index) {
            skip_space();
            if (peek() == '}' || peek() == ']') return;
            bool wanted = step == std::to_string(index);
            if (open == '{') {
                wanted = key() == step;
                skip_space();
                ++at_;  // ':'
            }
            if (wanted) return walk(rest, found);
            skip_value();
            skip_space();
            if (peek() == ',') ++at_;
        }
    }

private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skip_space() {
        while (at_ < text_.size() &&
               std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
            ++at_;
    }
    std::string_view raw_text() {
        const size_t from = at_++;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        at_ = std::min(at_ + 1, text_.size());
        return text_.substr(from, at_ - from);
    }
    std::string key() {
        const auto parsed = nlohmann::json::parse(raw_text(), nullptr, false);
        return parsed.is_string() ? pointer_step(parsed.get_ref<const std::string&>()) : "";
    }
    void skip_value() {
        int depth = 0;
        do {
            skip_space();
            const char c = peek();
            if (c == '"') {
                raw_text();
            } else if (c == '{' || c == '[') {
                ++depth;
                ++at_;
            } else if (c == '}' || c == ']') {
                --depth;
                ++at_;
            } else if (c == ',' || c == ':') {
                ++at_;
            } else {
                while (at_ < text_.size() && std::string_view(",:{}[]\" \t\r\n").find(text_[at_]) ==
                                                 std::string_view::npos)
                    ++at_;
            }
        } while (depth > 0 && at_ < text_.size());
    }

    std::string_view text_;
    size_t at_ = 0;
};

}  // namespace

TextPlace place_of_offset(std::string_view text, size_t offset) {
    TextPlace place;
    for (const char c : text.substr(0, std::min(offset, text.size()))) {
        if (c == '\n') {
            ++place.line;
            place.column = 1;
        } else {
            ++place.column;
        }
    }
    return place;
}

TextPlace locate(std::string_view json, std::string_view pointer) {
    size_t found = 0;
    Walker(json).walk(pointer, found);
    return place_of_offset(json, found);
}

std::string pointer_step(std::string_view name) {
    std::string step;
    for (const char c : name) {
        if (c == '~') step += "~0";
        else if (c == '/') step += "~1";
        else step += c;
    }
    return step;
}

}  // namespace script
