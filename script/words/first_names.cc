#include "script/words/first_names.h"

#include <algorithm>
#include <array>

namespace script {
namespace {

// Names that are rather things or happenings in a prompt (Rose, Bill, Mark, Grace) are left out.
constexpr auto kFemale = std::to_array<std::string_view>(
    {"abigail",   "alexandra", "alice",     "amanda",   "amelia",    "amy",       "andrea",
     "angela",    "anna",      "anne",      "annie",    "barbara",   "beth",      "betty",
     "caroline",  "catherine", "charlotte", "chloe",    "christina", "claire",    "clara",
     "cynthia",   "deborah",   "diana",     "dorothy",  "eleanor",   "elena",     "elizabeth",
     "ella",      "ellen",     "emily",     "emma",     "eva",       "evelyn",    "fatima",
     "fiona",     "hannah",    "heather",   "helen",    "isabella",  "jane",      "janet",
     "jennifer",  "jessica",   "joan",      "julia",    "julie",     "karen",     "kate",
     "katherine", "kathleen",  "kim",       "laura",    "lauren",    "linda",     "lisa",
     "lucy",      "lena",      "margaret",  "maria",    "marie",     "martha",    "mary",
     "megan",     "melissa",   "mia",       "michelle", "mila",      "molly",     "nancy",
     "natalie",   "nicole",    "nina",      "nora",     "olga",      "olivia",    "pamela",
     "patricia",  "priya",     "rachel",    "rebecca",  "ruth",      "sally",     "samantha",
     "sandra",    "sarah",     "sofia",     "sophia",   "sophie",    "stephanie", "susan",
     "teresa",    "tina",      "valerie",   "vanessa",  "victoria",  "yuki",      "zoe"});
constexpr auto kMale = std::to_array<std::string_view>(
    {"aaron",   "adam",        "ahmed",    "alan",    "albert", "alexander", "andrew", "anthony",
     "arthur",  "ben",         "benjamin", "bob",     "brian",  "carl",      "carlos", "charles",
     "chris",   "christopher", "daniel",   "dave",    "david",  "dennis",    "diego",  "donald",
     "douglas", "edward",      "eric",     "ethan",   "felix",  "fred",      "gary",   "george",
     "greg",    "gregory",     "harry",    "hassan",  "henry",  "hugo",      "ian",    "isaac",
     "jacob",   "jake",        "james",    "jason",   "jeff",   "jerry",     "jim",    "joe",
     "john",    "johnny",      "jonathan", "jose",    "joseph", "joshua",    "juan",   "justin",
     "keith",   "kenneth",     "kevin",    "larry",   "leo",    "liam",      "louis",  "lucas",
     "luke",    "martin",      "matthew",  "michael", "mike",   "mohammed",  "nathan", "nicholas",
     "noah",    "oliver",      "oscar",    "paul",    "pedro",  "peter",     "philip", "ralph",
     "raymond", "richard",     "robert",   "roger",   "ronald", "roy",       "ryan",   "samuel",
     "scott",   "simon",       "stephen",  "steve",   "steven", "theo",      "thomas", "tim",
     "timothy", "tom",         "tommy",    "vincent", "walter", "william"});
constexpr auto kBoth = std::to_array<std::string_view>(
    {"alex", "jamie", "jordan", "max", "morgan", "riley", "robin", "sam", "taylor"});

template <size_t N>
bool has(const std::array<std::string_view, N>& names, std::string_view word) {
    return std::find(names.begin(), names.end(), word) != names.end();
}

}  // namespace

std::optional<std::string_view> sex_of_first_name(std::string_view word) {
    if (has(kFemale, word)) return "female";
    if (has(kMale, word)) return "male";
    if (has(kBoth, word)) return "";
    return std::nullopt;
}

}  // namespace script
