# Reading what is to be spoken, without the world and the voices: for the fuzzer.
if(AOZORA_FUZZ)
  add_library(aozora_speech_text STATIC EXCLUDE_FROM_ALL sound/voice/speech_text.cc)
  target_link_libraries(aozora_speech_text PUBLIC base)
endif()
