#include "sound/voice/speech_text.h"

#include <cstdint>

namespace sound {
namespace {

struct Reading {
    uint32_t code;
    std::string_view ascii;
};
constexpr Reading kReadings[] = {
    {0x2018, "'"},       {0x2019, "'"},      {0x201C, ""},  {0x201D, ""},        {0x2013, ", "},
    {0x2014, ", "},      {0x2026, ", "},     {0xA0, " "},   {0xC0, "A"},         {0xC1, "A"},
    {0xC2, "A"},         {0xC4, "A"},        {0xC7, "C"},   {0xC8, "E"},         {0xC9, "E"},
    {0xCA, "E"},         {0xD1, "N"},        {0xD6, "O"},   {0xDC, "U"},         {0xDF, "ss"},
    {0xE0, "a"},         {0xE1, "a"},        {0xE2, "a"},   {0xE3, "a"},         {0xE4, "a"},
    {0xE5, "a"},         {0xE6, "ae"},       {0xE7, "c"},   {0xE8, "e"},         {0xE9, "e"},
    {0xEA, "e"},         {0xEB, "e"},        {0xEC, "i"},   {0xED, "i"},         {0xEE, "i"},
    {0xEF, "i"},         {0xF1, "n"},        {0xF2, "o"},   {0xF3, "o"},         {0xF4, "o"},
    {0xF5, "o"},         {0xF6, "o"},        {0xF8, "o"},   {0xF9, "u"},         {0xFA, "u"},
    {0xFB, "u"},         {0xFC, "u"},        {0x153, "oe"}, {0x20AC, " euros "}, {0xA3, " pounds "},
    {0xB0, " degrees "}, {0xBD, " a half "},
};

// Decodes one code point and moves on; 0 for broken bytes.
uint32_t next_code(std::string_view text, size_t& at) {
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(at++);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
    if (more == 0 || lead >= 0xF5) return 0;
    uint32_t code = lead & (0x3Fu >> more);
    for (int k = 0; k < more; ++k) {
        if (at >= text.size() || (byte(at) & 0xC0) != 0x80) return 0;
        code = code << 6 | (byte(at++) & 0x3Fu);
    }
    return code;
}

}  // namespace

SpeechText speech_text(std::string_view line) {
    SpeechText out;
    bool speakable = false;
    for (size_t at = 0; at < line.size();) {
        const uint32_t code = next_code(line, at);
        std::string_view reading = " ";
        char ascii = 0;
        if (code >= 0x20 && code < 0x7F && code != '<' && code != '>' && code != '\\') {
            ascii = static_cast<char>(code);
            reading = std::string_view(&ascii, 1);
        } else {
            for (const Reading& entry : kReadings)
                if (entry.code == code) reading = entry.ascii;
        }
        for (const char c : reading) {
            if (c == ' ' && (out.text.empty() || out.text.back() == ' ')) continue;
            out.text.push_back(c);
            speakable |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }
        if (out.text.size() > kLongestLine) {
            out.cut = true;
            const size_t word = out.text.rfind(' ', kLongestLine);
            out.text.resize(word != std::string::npos && word > kLongestLine / 2 ? word
                                                                                 : kLongestLine);
            break;
        }
    }
    if (!speakable) out.text.clear();
    return out;
}

}  // namespace sound
