// Characters of a job in its words: a name becomes a member of the cast.
#pragma once

#include <string>
#include <vector>

#include "script/writer/write.h"
#include "studio/worker/job.h"

namespace studio {

// How one character will be played: `noun` stands in the words where `name` stood.
struct Part {
    std::string name, noun, id;  // id: of the cast, from the name
    base::Json traits;
};

// The parts of those characters whose names stand in the job's words (prompt and storyboard); their
// names are replaced there by nouns that the words do not use yet: a person where the traits look
// like one, else a ball or another plain thing. Names are found as whole words, as they are
// written.
std::vector<Part> cast_characters(const std::vector<JobCharacter>& characters, FilmJob& job);

// Gives the written film's cast the characters' names and colours, and tells so in the report.
void dress_characters(const std::vector<Part>& parts, script::Written& film);

}  // namespace studio
