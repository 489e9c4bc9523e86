#include "script/screenplay/visible.h"

#include <algorithm>

#include "base/text/text.h"

namespace script {
namespace {

constexpr size_t kNone = std::string_view::npos;

enum Mask : char { kVisible, kBoneyard, kNote, kNoteStart };

size_t line_break_length(std::string_view source, size_t at) {
    if (source[at] == '\n') return 1;
    if (source[at] != '\r') return 0;
    return at + 1 < source.size() && source[at + 1] == '\n' ? 2 : 1;
}

// Finds the next visible occurrence of a mark without ever searching the same stretch twice, so a
// text of unclosed marks costs linear time.
class Finder {
public:
    Finder(std::string_view source, std::string_view mark, const std::string& mask)
        : source_(source), mark_(mark), mask_(mask) {}
    size_t after(size_t from) {
        if (!searched_ || (found_ != kNone && found_ < from)) {
            searched_ = true;
            found_ = source_.find(mark_, from);
            while (found_ != kNone && mask_[found_] != kVisible) {
                found_ = source_.find(mark_, found_ + 1);
            }
        }
        return found_;
    }

private:
    std::string_view source_, mark_;
    const std::string& mask_;
    bool searched_ = false;
    size_t found_ = kNone;
};

// The next line that is wholly empty: it ends a note that is still open. Two spaces keep it open.
class BlankFinder {
public:
    BlankFinder(std::string_view source, const std::string& mask) : source_(source), mask_(mask) {}
    size_t after(size_t from) {
        if (found_ != kNone && found_ >= from && from >= searched_from_) return found_;
        if (found_ == kNone && searched_ && from >= searched_from_) return kNone;
        searched_ = true;
        searched_from_ = from;
        bool at_start = false;
        for (size_t i = from; i < source_.size();) {
            const size_t length = mask_[i] == kVisible ? line_break_length(source_, i) : 0;
            if (length > 0 && at_start) return found_ = i;
            at_start = length > 0;
            i += std::max<size_t>(length, 1);
        }
        return found_ = kNone;
    }

private:
    std::string_view source_;
    const std::string& mask_;
    bool searched_ = false;
    size_t searched_from_ = 0, found_ = kNone;
};

std::string make_mask(std::string_view source, size_t from) {
    std::string mask(source.size(), kVisible);
    Finder boneyard_end(source, "*/", mask);
    for (size_t at = from; (at = source.find("/*", at)) != kNone;) {
        const size_t end = boneyard_end.after(at + 2);
        if (end == kNone) break;
        std::fill(mask.begin() + static_cast<ptrdiff_t>(at),
                  mask.begin() + static_cast<ptrdiff_t>(end + 2), kBoneyard);
        at = end + 2;
    }
    Finder note_end(source, "]]", mask);
    BlankFinder blank(source, mask);
    for (size_t at = from; (at = source.find("[[", at)) != kNone;) {
        size_t end = kNone;
        if (mask[at] == kVisible && mask[at + 1] == kVisible) {
            end = note_end.after(at + 2);
            if (end != kNone && blank.after(at + 2) < end) end = kNone;
        }
        if (end == kNone) {
            ++at;
            continue;
        }
        for (size_t i = at; i < end + 2; ++i) {
            if (mask[i] == kVisible) mask[i] = i == at ? kNoteStart : kNote;
        }
        at = end + 2;
    }
    return mask;
}

}  // namespace

std::vector<LogicalLine> logical_lines(std::string_view source, size_t from) {
    const std::string mask = make_mask(source, from);
    std::vector<LogicalLine> lines;
    int line_number = 1;
    size_t line_start = 0;  // of the physical line, for columns
    for (size_t i = 0; i < from;) {
        const size_t length = line_break_length(source, i);
        i += std::max<size_t>(length, 1);
        if (length > 0) {
            ++line_number;
            line_start = i;
        }
    }
    const auto span_at = [&](size_t at) {
        return Span{at, at, line_number, static_cast<int>(at - line_start) + 1};
    };
    for (size_t at = from; at < source.size();) {
        LogicalLine line;
        line.span = span_at(at);
        bool ended = false;
        while (at < source.size() && !ended) {
            const size_t length = line_break_length(source, at);
            const char kind = mask[at];
            if (kind == kNoteStart) line.notes.push_back({"", span_at(at)});
            if (kind == kVisible && length > 0) {
                ended = true;
            } else if (kind == kVisible) {
                line.text += source[at];
            } else if (kind == kBoneyard) {
                line.has_boneyard = true;
            } else {
                line.notes.back().text.append(source.substr(at, std::max<size_t>(length, 1)));
                line.notes.back().span.end = at + 1;
            }
            at += std::max<size_t>(length, 1);
            if (length > 0) {
                ++line_number;
                line_start = at;
            }
        }
        line.span.end = at;
        for (Note& note : line.notes) {
            std::string_view inside = note.text;
            if (inside.starts_with("[[")) inside.remove_prefix(2);
            if (inside.ends_with("]]")) inside.remove_suffix(2);
            note.text = std::string(base::trim(inside));
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace script
