#include "base/json/json.h"

#include <string>

namespace base {
namespace {

constexpr int kMaxDepth = 128;

std::string position(std::string_view text, size_t byte) {
    size_t line = 1, column = 1;
    for (size_t i = 0; i < byte && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++line;
            column = 1;
        } else {
            ++column;
        }
    }
    return std::to_string(line) + ":" + std::to_string(column);
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::string_view name) {
    int depth = 0, deepest = 0;
    bool in_text = false, escaped = false;
    for (const char c : text) {
        if (in_text) {
            if (escaped) escaped = false;
            else if (c == '\\') escaped = true;
            else if (c == '"') in_text = false;
        } else if (c == '"') {
            in_text = true;
        } else if (c == '[' || c == '{') {
            deepest = std::max(deepest, ++depth);
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    if (deepest > kMaxDepth) {
        return usage_error("JSON is nested deeper than " + std::to_string(kMaxDepth) + " levels",
                           std::string(name));
    }
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& error) {
        const size_t byte = error.byte > 0 ? error.byte - 1 : 0;
        std::string what = error.what();
        if (const size_t cut = what.rfind(": ");
            cut != std::string::npos && what.find("syntax error") != std::string::npos) {
            what = what.substr(what.find("syntax error"));
        }
        return usage_error("not valid JSON: " + what,
                           std::string(name) + ":" + position(text, byte));
    } catch (const Json::exception& error) {
        return usage_error(std::string("not valid JSON: ") + error.what(), std::string(name));
    }
}

}  // namespace base
