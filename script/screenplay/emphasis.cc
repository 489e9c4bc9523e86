#include "script/screenplay/emphasis.h"

#include <array>

namespace script {
namespace {

constexpr size_t kNone = std::string_view::npos;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// A run of stars or one underscore.
struct Mark {
    size_t at = 0, length = 0;
    bool opens = false, closes = false;
};

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    std::vector<Run> runs() {
        for (size_t at = 0; at < text_.size();) {
            if (text_[at] == '\\' && at + 1 < text_.size() && is_mark(text_[at + 1])) {
                put(text_[at + 1]);
                at += 2;
                continue;
            }
            const Mark mark = mark_at(at);
            if (mark.length == 0) {
                if (text_[at] == '\n') now_ = Run{};  // emphasis never crosses a line
                put(text_[at++]);
            } else {
                if (!toggle(mark)) {
                    for (size_t i = 0; i < mark.length; ++i) put(text_[at]);
                }
                at += mark.length;
            }
        }
        return std::move(runs_);
    }

private:
    static bool is_mark(char c) { return c == '*' || c == '_'; }

    Mark mark_at(size_t at) const {
        Mark mark{at};
        const char c = text_[at];
        if (!is_mark(c)) return mark;
        const size_t most = c == '*' ? 3 : 1;
        while (mark.length < most && at + mark.length < text_.size() &&
               text_[at + mark.length] == c) {
            ++mark.length;
        }
        const size_t after = at + mark.length;
        mark.opens = after < text_.size() && !is_space(text_[after]);
        mark.closes = at > 0 && !is_space(text_[at - 1]);
        return mark;
    }

    bool toggle(const Mark& mark) {
        if (text_[mark.at] == '_') return toggle_style(mark, &Run::underline);
        if (mark.length == 1) return toggle_style(mark, &Run::italic);
        if (mark.length == 2) return toggle_style(mark, &Run::bold);
        // Three close whatever is open, or open both.
        if (now_.italic || now_.bold) {
            if (!mark.closes) return false;
            const bool both = now_.italic && now_.bold;
            if (!both) return false;
            now_.italic = now_.bold = false;
            return true;
        }
        if (!mark.opens || !has_partner(mark)) return false;
        now_.italic = now_.bold = true;
        return true;
    }

    bool toggle_style(const Mark& mark, bool Run::*style) {
        if (now_.*style) {
            if (!mark.closes) return false;
            now_.*style = false;
            return true;
        }
        if (!mark.opens || !has_partner(mark)) return false;
        now_.*style = true;
        return true;
    }

    // Is there a closing mark of the same kind later on this line? Remembers where the last search
    // ended, so a line of marks costs linear time.
    bool has_partner(const Mark& mark) {
        size_t& known = no_partner_after_[text_[mark.at] == '_' ? 0 : mark.length];
        if (known != kNone && mark.at >= known && mark.at < line_end_of_known(known)) return false;
        for (size_t at = mark.at + mark.length; at < text_.size() && text_[at] != '\n';) {
            if (text_[at] == '\\') {
                at += 2;
                continue;
            }
            const Mark other = mark_at(at);
            if (other.length == mark.length && text_[at] == text_[mark.at] && other.closes) {
                return true;
            }
            at += other.length > 0 ? other.length : 1;
        }
        known = mark.at;
        return false;
    }
    size_t line_end_of_known(size_t known) const {
        const size_t end = text_.find('\n', known);
        return end == kNone ? text_.size() : end;
    }

    void put(char c) {
        if (runs_.empty() || !same_style(runs_.back())) {
            Run run = now_;
            run.text.clear();
            runs_.push_back(std::move(run));
        }
        runs_.back().text += c;
    }
    bool same_style(const Run& run) const {
        return run.italic == now_.italic && run.bold == now_.bold &&
               run.underline == now_.underline;
    }

    std::string_view text_;
    Run now_;
    std::vector<Run> runs_;
    std::array<size_t, 4> no_partner_after_{kNone, kNone, kNone, kNone};
};

}  // namespace

std::vector<Run> parse_emphasis(std::string_view text) { return Scanner(text).runs(); }

std::string plain_text(std::string_view text) {
    std::string plain;
    for (const Run& run : parse_emphasis(text)) plain += run.text;
    return plain;
}

}  // namespace script
