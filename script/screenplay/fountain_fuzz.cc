// Any bytes as a screenplay: reading loses nothing, and what is printed from the meaning alone
// reads back with the same kinds of elements.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "script/screenplay/emphasis.h"
#include "script/screenplay/screenplay.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const script::Screenplay play = script::parse_fountain(text);
    if (script::print_fountain(play) != text) std::abort();
    size_t at = play.title_page_raw.size();
    for (const script::Element& element : play.elements) {
        if (element.span.begin != at || element.span.line < 1 || element.span.column < 1) {
            std::abort();
        }
        at = element.span.end;
        script::plain_text(element.text);
        script::parse_heading(element.text);
    }
    if (at != size) std::abort();

    script::Screenplay made = play;
    made.title_page_raw.clear();
    for (script::Element& element : made.elements) element.raw.clear();
    script::parse_fountain(script::print_fountain(made));
    return 0;
}
