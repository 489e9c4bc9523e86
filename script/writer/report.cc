#include "script/writer/report.h"

#include <algorithm>
#include <unordered_map>

#include "base/text/text.h"
#include "script/prompt/token.h"
#include "script/words/function_words.h"
#include "script/writer/dump.h"

namespace script {
namespace {

struct WordUse {
    std::string text;                              // as first written
    std::vector<std::pair<size_t, size_t>> spans;  // bytes
    bool content = false;
    bool read = true;  // the reader came so far
};

std::vector<WordUse> word_uses(std::string_view prompt, const std::vector<Token>& tokens,
                               size_t read_bytes) {
    std::vector<WordUse> uses;
    std::unordered_map<std::string, size_t> by_text;
    for (size_t i = 0; i < tokens.size();) {
        if (tokens[i].word < 0) {
            ++i;
            continue;
        }
        size_t last = i;
        bool content = false;
        while (last < tokens.size() && tokens[last].word == tokens[i].word) {
            const Token& token = tokens[last];
            const bool word = token.kind == TokenKind::Word;
            content |= !word || (!is_function_word(token.text) && token.text[0] != '\'');
            ++last;
        }
        const size_t begin = tokens[i].begin, end = tokens[last - 1].end;
        const std::string text(prompt.substr(begin, end - begin));
        const auto [place, fresh] = by_text.try_emplace(base::to_lower_ascii(text), uses.size());
        if (fresh) uses.push_back({text, {}, content, begin < read_bytes});
        uses[place->second].spans.emplace_back(begin, end);
        i = last;
    }
    return uses;
}

bool is_replaced(const std::vector<Replaced>& replaced, const std::string& word) {
    const std::string lower = base::to_lower_ascii(word);
    for (const Replaced& one : replaced) {
        for (const std::string& part : base::split(one.asked, ' ')) {
            if (part == lower ||
                (lower.size() > 3 && (part == lower.substr(0, lower.size() - 1) ||
                                      part == lower.substr(0, lower.size() - 2)))) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

std::string without_words(std::string_view prompt,
                          const std::vector<std::pair<size_t, size_t>>& spans) {
    std::string out;
    size_t at = 0;
    for (const auto& [begin, end] : spans) {
        if (end > prompt.size()) break;
        out += prompt.substr(at, begin - at);
        at = end;
    }
    out += prompt.substr(at);
    return out;
}

Report report_words(std::string_view prompt, size_t read_bytes, std::vector<Replaced> replaced,
                    const std::function<std::string(const std::string&)>& dump_of) {
    Report report;
    report.replaced = std::move(replaced);
    // What was not read must not slip in where a word is taken out.
    const std::string_view read = prompt.substr(0, read_bytes);
    const std::string whole = dump_of(std::string(read));
    const std::vector<Token> tokens = tokenize(prompt);
    for (const WordUse& use : word_uses(prompt, tokens, read_bytes)) {
        if (!use.content) continue;
        if (!use.read) {
            report.left_out.push_back(use.text);
            continue;
        }
        if (is_replaced(report.replaced, use.text)) continue;
        const bool matters = dump_of(without_words(read, use.spans)) != whole;
        (matters ? report.understood : report.left_out).push_back(use.text);
    }
    return report;
}

}  // namespace script
