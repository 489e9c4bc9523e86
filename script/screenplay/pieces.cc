#include "script/screenplay/pieces.h"

#include <utility>

#include "base/text/text.h"
#include "script/screenplay/emphasis.h"

namespace script {
namespace {

std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : plain_text(text)) {
        const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!space) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    return std::string(base::trim(out));
}

class Cutter {
public:
    explicit Cutter(std::string_view name) : name_(name) {}

    void take(const Element& element) {
        switch (element.kind) {
            case ElementKind::Blank: gap_ = true; return;
            case ElementKind::SceneHeading:
                start(element, true);
                piece_.heading = element.text;
                break;
            case ElementKind::Transition:
                take_notes(element);
                start(element, false);
                return;
            case ElementKind::Action: {
                take_notes(element);
                const std::string text = one_line(element.text);
                if (text.empty()) break;
                if (!piece_.action.empty())
                    piece_.action += ends_sentence(piece_.action) ? " " : ". ";
                piece_.action += text;
                gap_ = false;
                return;
            }
            case ElementKind::Character:
                cue_ = {one_line(element.text), element.extension, "", "", element.span};
                break;
            case ElementKind::Parenthetical: cue_.manner = one_line(element.text); break;
            case ElementKind::Lyrics:
            case ElementKind::Dialogue: {
                SpokenLine speech = cue_;
                speech.text = one_line(element.text);
                speech.span = element.span;
                if (element.kind == ElementKind::Lyrics && speech.manner.empty()) {
                    speech.manner = "singing";
                }
                if (!speech.text.empty()) piece_.speeches.push_back(std::move(speech));
                cue_.manner.clear();
                break;
            }
            case ElementKind::Centred:
                out_.left_out.push_back("title on the screen: " + one_line(element.text));
                break;
            case ElementKind::Section:
            case ElementKind::Synopsis:
            case ElementKind::PageBreak:
            case ElementKind::Note: break;
        }
        take_notes(element);
        gap_ = false;
    }

    CutScreenplay finish() {
        flush();
        return std::move(out_);
    }

private:
    static bool ends_sentence(const std::string& text) {
        return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') ||
               text.ends_with('"') || text.ends_with(':') || text.ends_with(',');
    }

    void take_notes(const Element& element) {
        for (const Note& note : element.notes) {
            ShotHints probe;
            std::string problem;
            const bool alone = element.kind == ElementKind::Note;
            if (read_hint(note.text, probe, problem) == HintKind::Camera && alone && gap_ &&
                !piece_.empty()) {
                start(element, false);
            }
            problem.clear();
            read_hint(note.text, piece_.hints, problem);
            if (!problem.empty()) {
                out_.left_out.push_back("[[" + note.text + "]]: " + problem + " (" +
                                        std::string(name_) + ":" + std::to_string(note.span.line) +
                                        ":" + std::to_string(note.span.column) + ")");
            }
        }
    }

    // Hints that stood before anything happened belong to what comes now.
    void start(const Element& element, bool new_scene) {
        const bool was_empty = piece_.empty();
        Piece next;
        next.span = element.span;
        next.new_scene = new_scene || (was_empty && piece_.new_scene);
        next.heading = piece_.heading;
        if (was_empty && !new_scene) next.hints = std::move(piece_.hints);
        flush();
        piece_ = std::move(next);
    }

    void flush() {
        if (!piece_.empty()) out_.pieces.push_back(std::move(piece_));
        piece_ = {};
    }

    std::string_view name_;
    CutScreenplay out_;
    Piece piece_;
    SpokenLine cue_;
    bool gap_ = true;
};

}  // namespace

CutScreenplay cut_into_pieces(const Screenplay& play, std::string_view name) {
    Cutter cutter(name);
    for (const Element& element : play.elements) cutter.take(element);
    return cutter.finish();
}

}  // namespace script
