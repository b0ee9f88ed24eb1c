pub fn unfinished( {
    let x = ;
