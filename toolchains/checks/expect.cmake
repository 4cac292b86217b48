# expect(SENTENCE): stops unless a command has failed, by exit_code, and its output has the sentence.
function(expect sentence)
  string(FIND "${output}" "${sentence}" position)
  if(exit_code EQUAL 0 OR position LESS 0)
    message("${output}")
    message(FATAL_ERROR " exit code ${exit_code}, and the sentence that has to be there is\n ${sentence}")
  endif()
endfunction()
